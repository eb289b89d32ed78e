console.log(JSON.stringify(['a1b22c'.split(/\d+/), 'a, b ,c'.split(/\s*,\s*/), 'abc'.split(/(?:)/), 'a1b'.split(/(\d)/), 'abc'.split(/(b)|(z)/)]));
console.log(JSON.stringify([''.split(/,/), ''.split(/(?:)/), 'a,b,c'.split(/,/, 2), 'aXbxc'.split(/x/i), '  a b '.split(/\s+/)]));
console.log(JSON.stringify(['ab'.split(/a*?/), 'ab'.split(/a*/), '😀a'.split(/(?:)/u).length, 'A<B>bold</B>'.split(/<(\/)?([^<>]+)>/)]));
