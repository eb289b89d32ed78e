console.log(['42', '  42px', '-7', '+8', '0x1f', '0b1', '1e3', '', 'abc', '9'.repeat(25), '.5', '-0x10', '1_000'].map(s => parseInt(s)).join());
console.log([parseInt('ff', 16), parseInt('0xff', 16), parseInt('z', 36), parseInt('12', 3), parseInt('9', 8), parseInt('10', 1), parseInt('10', 37), parseInt('10', 0), parseInt('11', 2.9), parseInt(null, 36), parseInt(15.99), parseInt(1e21), parseInt(5e-7)].join());
console.log(`${Object.is(parseInt('-0'), -0)} ${parseInt('123', undefined)} ${Number.parseInt === parseInt}`);
