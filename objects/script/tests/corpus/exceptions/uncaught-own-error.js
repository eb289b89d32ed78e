export const main = () => {
  console.log('before');
  throw new RangeError('own message');
};
