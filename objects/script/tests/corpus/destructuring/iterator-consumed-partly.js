const it = ['a', 'b', 'c', 'd'].values();
const [x, y] = it;
console.log(`${x}${y}`);
console.log(JSON.stringify(it.next()));
const [...rest] = it;
console.log(rest.join());
console.log(`${it.next().done}`);
