// args: [1, "two", [3, {"four": 4}], null, true]
export const main = (a, b, c, d, e, f) => {
  console.log(`${a} ${b} ${c[0]} ${c[1].four} ${d} ${e} ${f}`);
  return a + c[0];
};
