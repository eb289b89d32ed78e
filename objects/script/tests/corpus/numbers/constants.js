console.log([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].join());
console.log(`${Number.EPSILON === 2 ** -52} ${Number.MAX_VALUE * 2} ${Number.MIN_VALUE / 2}`);
