// args: ["x"]
export const main = async name => {
  console.log('begin');
  await null;
  console.log(`end ${name}`);
  return { name, list: [1, 'a', null] };
};
