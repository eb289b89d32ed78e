console.log([0n, 127n, 128n, 255n, 256n, -1n, -129n].map(x => BigInt.asIntN(8, x)).join());
console.log([0n, 127n, 128n, 255n, 256n, -1n, -129n].map(x => BigInt.asUintN(8, x)).join());
console.log(`${BigInt.asIntN(64, 2n ** 63n)} ${BigInt.asUintN(64, -1n)} ${BigInt.asIntN(0, 5n)} ${BigInt.asIntN(1, 1n)} ${BigInt.asUintN(200, -1n) === 2n ** 200n - 1n}`);
