const makeStack = () => {
  const items = [];
  return {
    push: v => {
      items.push(v);
    },
    pop: () => items.pop(),
    peek: () => items[items.length - 1],
    size: () => items.length,
  };
};
const s = makeStack();
s.push(1);
s.push(2);
console.log(`${s.peek()} ${s.size()} ${s.pop()} ${s.pop()} ${s.pop()} ${s.size()}`);
console.log(Object.keys(s).join());
