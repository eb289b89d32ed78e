const z = -0;
console.log(`${z} ${Object.is(z, 0)} ${1 / z} ${z === 0} ${-z} ${1 / (z + 0)} ${1 / (0 * -1)} ${1 / Math.round(-0.2)} ${JSON.stringify(z)} ${[z].includes(0)}`);
console.log(`${Object.is(-0 - 0, -0)} ${Object.is(0 % -1, 0)} ${Object.is(-1 % 1, -0)} ${Object.is(-0 + -0, -0)}`);
