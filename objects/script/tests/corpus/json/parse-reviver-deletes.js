const v = JSON.parse('{"a":1,"b":2,"c":{"d":3}}', (k, x) => (k === 'a' || k === 'd' ? undefined : x));
console.log(JSON.stringify(v));
console.log(String(JSON.parse('5', () => undefined)));
console.log(JSON.stringify(JSON.parse('[1,2,3]', (k, x) => (Array.isArray(x) ? x.length : x * 2))));
