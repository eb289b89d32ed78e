export const main = async () => {
  console.log('before');
  await null;
  throw { code: 7, why: ['a', 'b'] };
};
