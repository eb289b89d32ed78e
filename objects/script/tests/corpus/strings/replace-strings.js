console.log('aXbX'.replace('X', '-'));
console.log('aXbX'.replaceAll('X', '-'));
console.log('abc'.replace('', '_') + 'abc'.replaceAll('', '_'));
console.log('price'.replace('i', '[$&$`$\'$$$1]'));
console.log('aaa'.replaceAll('a', (m, i, s) => `${m}${i}${s.length}`));
console.log('abc'.replace('z', 'never') + 'x'.replace('x', undefined) + 'x'.replace('x', () => 5));
console.log('aaaa'.replaceAll('aa', 'b'));
