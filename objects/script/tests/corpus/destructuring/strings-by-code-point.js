const [a, b, ...c] = 'x😀yz';
console.log(`${a} ${b} ${b.length} ${c.join()}`);
