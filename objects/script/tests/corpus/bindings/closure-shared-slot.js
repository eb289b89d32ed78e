let n = 0;
const up = () => {
  n += 1;
};
const fs = [up, up, up];
for (const f of fs) f();
console.log(`${n}`);
const make = () => {
  let shared = 'a';
  return [() => shared, v => (shared = v)];
};
const [get, set] = make();
const [get2] = make();
set('b');
console.log(get() + get2());
