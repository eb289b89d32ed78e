const re = /foo/y;
console.log(`${re.test('foofoobar')} ${re.lastIndex} ${re.test('foofoobar')} ${re.lastIndex} ${re.test('foofoobar')} ${re.lastIndex}`);
re.lastIndex = 1;
console.log(`${re.test(' foo')} ${re.test(' foo')}`);
console.log(JSON.stringify('a1b2'.match(/[a-z]\d/gy)));
