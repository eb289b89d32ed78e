const ss = ['plain', 'with space', 'a=b&c=d', '日本語', '100%', "q'uote\"", '\n\t'];
console.log(ss.map(s => decodeURIComponent(encodeURIComponent(s)) === s).join());
const build = o => Object.entries(o).map(kv => kv.map(encodeURIComponent).join('=')).join('&');
console.log(build({ q: 'a b', lang: 'dé', n: 5 }));
