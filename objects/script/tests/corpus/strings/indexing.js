const s = 'héllo';
console.log([s[0], s[1], s[5], s[-1], s['2'], s.length, s.at(-1), s.at(9), s.charAt(1), s.charAt(9) === ''].map(String).join());
