const a = [3];
console.log(`${a.unshift(1, 2)} ${a.unshift()} ${a.join()}`);
console.log(`${a.shift()} ${a.shift()} ${a.shift()} ${a.shift()} ${a.length}`);
