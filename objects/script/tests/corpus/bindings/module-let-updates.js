let total = 0;
const add = n => {
  total += n;
  return total;
};
export const main = () => {
  console.log(`${add(1)}`);
  console.log(`${add(2)}`);
  console.log(`${total}`);
  return total;
};
