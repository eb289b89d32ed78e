const log = [];
const o = { list: null, n: 5 };
const get = () => {
  log.push('get');
  return o;
};
get().list ??= [];
get().list.push(1);
get()['n'] &&= 6;
get().m ||= 'm';
console.log(`${JSON.stringify(o)} ${log.length}`);
const r = (o.q ??= o.r ??= 3);
console.log(`${r} ${o.q} ${o.r}`);
