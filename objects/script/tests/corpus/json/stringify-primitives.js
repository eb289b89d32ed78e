console.log([1, 'a', true, null, NaN, Infinity, -0, 1e21, 'q"\\\n\t\u0001\u2028'].map(v => JSON.stringify(v)).join(' '));
console.log([undefined, () => 1].map(v => String(JSON.stringify(v))).join(' '));
console.log(JSON.stringify('\ud800 \udc00 \ud83d\ude00 \u007f \u00e9 /'));
