const a = [[1]];
const m = new Map([['k', { v: 'w' }]]);
console.log(`${a?.[0]?.[0]} ${a[1]?.[0]} ${a.find(x => x > 5)?.length} ${m.get('k')?.v} ${m.get('z')?.v} ${'abc'?.[1]}`);
