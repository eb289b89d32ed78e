const order = [];
const f = async () => {
  order.push('before');
  const v = await 7;
  order.push(`after ${v}`);
};
const p = f();
order.push('sync');
await p;
console.log(order.join(', '));
