const a = [];
console.log(`${a.push(1)} ${a.push(2, 3)} ${a.push()} ${a.join()}`);
console.log(`${a.pop()} ${a.pop()} ${a.pop()} ${a.pop()} ${a.length}`);
