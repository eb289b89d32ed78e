const m = new Map();
console.log(`${m.set('a', 1) === m} ${m.set('b', 2).size} ${m.get('a')} ${m.get('z')} ${m.has('a')} ${m.has('z')}`);
console.log(`${m.delete('a')} ${m.delete('a')} ${m.size}`);
m.clear();
console.log(`${m.size} ${m.get('b')}`);
