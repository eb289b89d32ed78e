const inner = { v: 1 };
const o = { inner };
console.log(`${Object.freeze(o) === o} ${Object.isFrozen(o.inner)}`);
inner.v = 2;
console.log(`${o.inner.v} ${Object.freeze(7)} ${Object.freeze('s')}`);
const copy = { ...o };
copy.more = true;
console.log(JSON.stringify(copy));
