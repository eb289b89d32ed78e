console.log([-3, 3, -0, null, '-7', 'x', -Infinity, [-2]].map(x => Math.abs(x)).join());
console.log([-3, 3, 0, '5', NaN].map(x => Math.sign(x)).join() + Object.is(Math.sign(-0), -0));
