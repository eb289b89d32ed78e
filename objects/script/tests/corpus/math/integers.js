console.log([Math.imul(3, 4), Math.imul(0xffffffff, 5), Math.imul(0x7fffffff, 2), Math.clz32(1), Math.clz32(0), Math.clz32(0xffffffff), Math.clz32(0.5)].join());
console.log([Math.fround(5.5), Math.fround(5.05), Math.fround(1e40), Math.fround(NaN)].join());
