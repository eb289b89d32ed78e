const show = (re, s) => String(re.exec(s)?.[0]);
console.log([show(/a*/, 'aaab'), show(/a+/, 'baa'), show(/a?/, 'aa'), show(/a{2}/, 'aaa'), show(/a{2,}/, 'aaaa'), show(/a{1,2}/, 'aaa'), show(/a{0}/, 'a'), show(/a{,2}/, 'a{,2}')].join('|'));
console.log([show(/a*?/, 'aa'), show(/a+?/, 'aa'), show(/<.+?>/, '<a><b>'), show(/<.+>/, '<a><b>'), show(/a{1,3}?/, 'aaa'), show(/a??b/, 'ab')].join('|'));
