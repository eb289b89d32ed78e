const log = [];
const o = {
  valueOf: () => {
    log.push('valueOf');
    return 5;
  },
  toString: () => {
    log.push('toString');
    return 'str';
  },
};
console.log([o + 1, o * 2, `${o}`, o + '', o > 4, String(o), Number(o), [o].join(), o - '1'].join());
console.log(log.join());
