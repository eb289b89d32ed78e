const o = harden({ list: [1, { deep: true }], f: () => 1 });
for (const f of [() => (o.list[1].deep = false), () => o.list.push(2), () => (o.x = 1)]) {
  try {
    f();
    console.log('worked');
  } catch (e) {
    console.log(e.name);
  }
}
console.log(`${Object.isFrozen(o)} ${Object.isFrozen(o.list)} ${Object.isFrozen(o.list[1])} ${harden(o) === o}`);
console.log(`${harden(5)} ${harden('x')} ${harden(null)} ${harden(undefined)}`);
