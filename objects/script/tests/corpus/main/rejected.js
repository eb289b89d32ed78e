export const main = async () => {
  await null;
  throw new RangeError('too far');
};
