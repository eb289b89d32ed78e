console.log(['a' < 'b', 'a' < 'B', 'a' < 'aa', '' < 'a', '10' < '9', 'é' > 'z', '\ud83d\ude00' < '\uffff', 'Z' < 'a'].join());
console.log(['b', 'a', 'Z', '10', '9', 'ä', ''].sort().join());
console.log(['a' <= 'a', 'b' >= 'c', 'abc' === 'ab' + 'c'].join());
