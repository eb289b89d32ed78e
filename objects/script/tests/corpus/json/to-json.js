console.log(JSON.stringify({ toJSON: () => 'replaced' }));
console.log(JSON.stringify({ inner: { toJSON: k => `key ${k}` }, list: [{ toJSON: k => `at ${k}` }] }));
console.log(JSON.stringify({ toJSON: 5, x: 1 }));
console.log(String(JSON.stringify({ toJSON: () => undefined })));
console.log(JSON.stringify({ d: { toJSON: () => ({ v: 1 }) } }, (k, v) => (k === 'd' ? JSON.stringify(v) : v)));
