const a = Object.freeze([3, 1, 2]);
for (const [name, f] of Object.entries({
  push: () => a.push(4),
  pop: () => a.pop(),
  set: () => (a[0] = 9),
  length: () => (a.length = 0),
  sort: () => a.sort(),
  reverse: () => a.reverse(),
  splice: () => a.splice(0, 1),
  unshift: () => a.unshift(0),
  shift: () => a.shift(),
  fill: () => a.fill(0),
  map: () => a.map(x => x).length,
  slice: () => a.slice().push(1),
  toSorted: () => a.toSorted()[0],
})) {
  try {
    f();
    console.log(`${name} worked`);
  } catch (e) {
    console.log(`${name} ${e.name}`);
  }
}
console.log(a.join());
