console.log(['3.14', '  2.5abc', '-.5', '+.5e1', '1e', '1e+', '1.2.3', 'Infinity', '-Infinityx', 'infinity', '', '.', '0x10', '1_0', '5e-324', '1e400', '-0', '\u00a07\n'].map(s => parseFloat(s)).join());
console.log(`${Object.is(parseFloat('-0'), -0)} ${parseFloat(null)} ${parseFloat([1.5, 2])} ${Number.parseFloat === parseFloat}`);
