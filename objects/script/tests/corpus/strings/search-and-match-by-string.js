console.log(`${'a.b'.search('.')} ${'abc'.search('c')} ${'abc'.search('z')}`);
console.log(JSON.stringify('a1b1'.match('b')?.[0]) + String('abc'.match('z')));
console.log([...'a1b1'.matchAll('1')].map(m => m.index).join());
