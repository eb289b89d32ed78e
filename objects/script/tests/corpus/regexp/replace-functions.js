console.log('a1b22'.replace(/([a-z])(\d+)/g, (m, l, d, i, s) => `<${m} ${l} ${d} ${i} ${s.length}>`));
console.log('x-y'.replace(/(?<l>x)-(?<r>y)/, (...args) => {
  const groups = args[args.length - 1];
  return `${groups.r}${groups.l}${args.length}`;
}));
console.log('aXb'.replace(/(X)(Y)?/, (m, x, y) => String(y)) + 'a'.replace(/a/, () => '$&') + 'a'.replace(/a/, () => undefined));
