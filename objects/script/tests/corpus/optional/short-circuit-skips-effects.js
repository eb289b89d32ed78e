let n = 0;
const inc = () => {
  n += 1;
  return 'k';
};
const none = null;
none?.[inc()];
none?.f(inc());
none?.a.b[inc()].c(inc());
console.log(`${n}`);
const o = {};
o?.[inc()];
o.f?.(inc());
console.log(`${n}`);
