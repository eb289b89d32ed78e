console.log(`two
lines`);
console.log(`tab\tquote\`dollar\${} back\\slash`);
console.log(`\u0041\u{1F600}\x42`);
console.log(JSON.stringify(`a\
b`));
console.log(`$ {not} $`);
