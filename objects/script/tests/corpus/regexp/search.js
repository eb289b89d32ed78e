console.log([/b/, /z/, /^/, /c$/].map(re => 'abc'.search(re)).join());
const re = /b/g;
re.lastIndex = 2;
console.log(`${'abc'.search(re)} ${re.lastIndex}`);
