const o = Object.freeze({ a: 1 });
for (const f of [() => Object.assign(o, { a: 2 }), () => Object.assign(o, { b: 2 }), () => Object.assign(o, {}), () => delete o.zzz]) {
  try {
    f();
    console.log('worked');
  } catch (e) {
    console.log(e.name);
  }
}
