console.log('abc'.replace(/x*/g, '-'));
console.log('😀a'.replace(/(?:)/g, '-').length + ' ' + '😀a'.replace(/(?:)/gu, '-'));
console.log(JSON.stringify('aab'.match(/a*/g)));
const re = /(?:)/g;
re.exec('ab');
re.exec('ab');
console.log(`${re.lastIndex}`);
