console.log([/a|ab/.exec('ab')[0], /ab|a/.exec('ab')[0], /(a|ab)(c|bcd)/.exec('abcd')[0], /^(?:a|ab)$/.exec('ab')[0], /x*|y/.exec('yx')[0].length].join('|'));
console.log(/(foo|foobar)(bar)?/.exec('foobarbar').join('|'));
