console.log([Boolean(0), Boolean(''), Boolean('0'), Boolean([]), Boolean({}), Boolean(null), Boolean(NaN), Boolean(0n), Boolean('false'), Boolean()].join());
