console.log(JSON.stringify('\x41\u0042\u{43}\0\b\v\f\'\"\`\
joined'));
console.log('\u{1F600}'.length + '\u{0}'.length + '' + 'tab\there');
console.log(JSON.stringify("it's" + 'a "quote"'));
