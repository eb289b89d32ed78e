const re = /a/g;
console.log(['a', 'a', 'ba', 'a'].filter(s => re.test(s)).length + '');
const once = /a/;
console.log(['a', 'a', 'ba', 'a'].filter(s => once.test(s)).length + '');
