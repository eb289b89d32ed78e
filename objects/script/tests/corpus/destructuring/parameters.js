const f = ({ a, b = 2 }, [c, ...d], { e: { f: g } } = { e: { f: 'dg' } }) => `${a} ${b} ${c} ${d.join()} ${g}`;
console.log(f({ a: 1 }, 'xyz'));
console.log(f({ a: 1, b: null }, [], { e: { f: 9 } }));
const h = ({ x = 1, y = 2 } = {}) => `${x} ${y}`;
console.log(`${h()} ${h({ y: 5 })} ${h({})}`);
