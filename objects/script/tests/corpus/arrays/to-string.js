console.log(`${[1, [2, 3]].toString()} ${String([])}| ${[null, 1]}`);
console.log('' + [1, 2] + [3]);
