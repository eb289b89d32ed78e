const xs = [0.1, 1e21, 1e-7, 123456789012345680000, 5e-324, 1.7976931348623157e308, -1.5];
console.log(xs.map(x => JSON.parse(JSON.stringify(x)) === x).join());
console.log(`${JSON.parse('1e400')} ${JSON.parse('1e-400')} ${JSON.parse('9007199254740993')} ${JSON.parse('0.1000000000000000055511151231257827')}`);
