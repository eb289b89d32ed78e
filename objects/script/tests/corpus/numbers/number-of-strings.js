const ss = ['', ' ', '12', ' 12 ', '1.5', '.5', '5.', '1e3', '0x1f', '0b11', '0o7', '-0x1', '1_000', 'abc', '12px', 'Infinity', '-Infinity', '+5', '--5', 'NaN', '\n7\t', '1e1000', '0x', '1n', '\u20287\ufeff'];
console.log(ss.map(s => Number(s)).join());
console.log(ss.map(s => +s).join() === ss.map(Number).join() ? 'same' : 'different');
