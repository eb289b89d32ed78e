console.log(`${/null/.test(null)} ${/undefined/.test()} ${/1,2/.test([1, 2])} ${/5/.exec(1050).index}`);
