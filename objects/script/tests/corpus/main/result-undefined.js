export const main = () => {
  console.log('nothing to return');
};
