export const main = () => ({
  undef: undefined,
  nul: null,
  num: -0,
  nan: NaN,
  inf: -Infinity,
  big: 12345678901234567890n,
  text: 'é "q"\n',
  list: [1.5, [], {}],
  bool: false,
});
