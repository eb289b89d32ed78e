const inner = [1];
const a = { inner };
const b = { ...a };
b.inner.push(2);
b.more = true;
console.log(`${a.inner.join()} ${a.more} ${a.inner === b.inner}`);
