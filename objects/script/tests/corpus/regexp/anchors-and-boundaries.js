console.log('one two'.replace(/\b/g, '|'));
console.log('one two'.replace(/\B/g, '.'));
console.log('a\nb\r\nc'.replace(/^/gm, '>').split('\n').join('/'));
console.log('a\nb'.replace(/$/gm, '<').split('\n').join('/'));
console.log([/^b/.test('a\nb'), /^b/m.test('a\nb'), /a$/.test('a\n'), /a$/m.test('a\n'), /\bé/.test('é')].join());
