const e = [];
console.log([e.pop(), e.shift(), e.at(-1), e[0], e.find(x => x), e.join(), e.length].map(String).join('|'));
console.log(`${e.indexOf(undefined)} ${e.includes(undefined)} ${e.concat([]).length} ${e.reverse().length}`);
