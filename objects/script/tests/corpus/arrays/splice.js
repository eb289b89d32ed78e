const a = [0, 1, 2, 3, 4, 5];
console.log(`${a.splice(1, 2).join()} / ${a.join()}`);
console.log(`${a.splice(-1).join()} / ${a.join()}`);
console.log(`${a.splice(1, 0, 'x', 'y').length} / ${a.join()}`);
console.log(`${a.splice(0, 1, 'one', 'two', 'three').join()} / ${a.join()}`);
console.log(`${a.splice(2, 99).join()} / ${a.join()}`);
console.log(`${a.splice().length} / ${a.join()}`);
console.log(`${a.splice(1, -5, 'n').length} / ${a.join()}`);
