const o = {
  plain(a) {
    return `plain ${a}`;
  },
  async slow(a) {
    return `slow ${a}`;
  },
  ['comp' + 'uted'](a, b = 2) {
    return a + b;
  },
  arrow: a => `arrow ${a}`,
};
console.log(o.plain(1));
console.log(`${o.computed(1)}`);
console.log(o.arrow(3));
console.log(await o.slow(4));
