console.log(Array.from('héllo').join());
console.log(Array.from([1, 2, 3], x => x * 2).join());
console.log(Array.from({ length: 3 }, (_, i) => i * i).join());
console.log(Array.from({ length: 2, 0: 'a', 1: 'b', 2: 'c' }).join());
console.log(Array.from(new Set([3, 3, 1])).join());
console.log(Array.from(new Map([['k', 'v']])).join('|'));
console.log(JSON.stringify(Array.from({ length: 2 })));
console.log(`${Array.from({}).length} ${Array.from({ length: -1 }).length} ${Array.from(5).length}`);
try {
  Array.from(null);
} catch (e) {
  console.log(e.name);
}
