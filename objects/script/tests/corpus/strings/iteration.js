for (const c of 'a😀é') console.log(`${c} ${c.length}`);
console.log([...'héé'].map((c, i) => `${i}${c}`).join(' '));
console.log(Object.entries('ab').join('|') + Array.from('xyz').reverse().join(''));
