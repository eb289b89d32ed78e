const object = () => ({ a: 1 });
const nothing = () => {};
const block = () => {
  'unused';
};
console.log(`${JSON.stringify(object())} ${nothing()} ${block()}`);
const conditional = n => (n > 0 ? 'pos' : n < 0 ? 'neg' : 'zero');
console.log([1, -1, 0].map(conditional).join(' '));
