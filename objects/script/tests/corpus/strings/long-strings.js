let s = 'ab';
for (let i = 0; i < 10; i += 1) s += s;
console.log(`${s.length} ${s.slice(-3)} ${s.indexOf('ba', 1000)} ${s.split('a').length} ${s.replaceAll('ab', 'x').length}`);
