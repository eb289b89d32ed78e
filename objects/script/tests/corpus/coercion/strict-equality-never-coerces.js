console.log([1 === '1', null === undefined, 0 === false, '' === false, [] === '', NaN === NaN, 'a' === 'a', 0 === -0, 1n === 1].join());
