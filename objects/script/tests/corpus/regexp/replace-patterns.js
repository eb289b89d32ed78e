console.log('john smith'.replace(/(\w+) (\w+)/, '$2, $1'));
console.log('abc'.replace(/b/, '[$&|$`|$\'|$$|$1|$0|$01]'));
console.log('abc'.replace(/(b)/, '[$1|$01|$10|$2|$11|$001]'));
console.log('aaa'.replace(/a/g, '$&$&') + 'x'.replace(/x/, '$') + 'x'.replace(/x/, '$<n>'));
console.log('xay'.replace(/(a)|(b)/, '[$1$2]') + 'abab'.replace(/a/, '').replaceAll(/b/g, '.'));
try {
  'a'.replaceAll(/a/, 'b');
} catch (e) {
  console.log(e.name);
}
