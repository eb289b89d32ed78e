const o = { f: x => `f${x}`, g: null };
console.log(`${o.f?.(1)} ${o.g?.(1)} ${o.h?.(1)} ${o?.f(2)} ${o.x?.f(3).y}`);
const f = undefined;
console.log(`${f?.()}`);
try {
  o.a.f?.();
} catch (e) {
  console.log(e.name);
}
try {
  o.s?.x;
  const s = 5;
  s?.();
} catch (e) {
  console.log(e.name);
}
