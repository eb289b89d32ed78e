console.log(JSON.stringify({ a: { toJSON: () => [1, { b: 2 }] }, u: undefined, n: { e: {} } }, (k, v) => v, '\t'));
