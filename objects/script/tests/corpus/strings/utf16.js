const s = 'a😀b';
console.log(`${s.length} ${[...s].length} ${s.charCodeAt(1)} ${s.charCodeAt(2)} ${s.codePointAt(1)} ${s.codePointAt(2)} ${s.indexOf('b')}`);
console.log(JSON.stringify([s[1], s[2], s.slice(0, 2), s.split('')]));
console.log(`${s[1] + s[2] === '😀'} ${s.charCodeAt(99)} ${s.codePointAt(99)}`);
