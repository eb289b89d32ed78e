console.log(['7' | 0, '0x10' | 0, null | 5, undefined & 1, [6] ^ 1, 'x' >>> 0, true << 3, { valueOf: () => 9 } >> 1, ~'5', ~~'8.9'].join());
