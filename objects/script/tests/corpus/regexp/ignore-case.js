const t = (re, s) => re.test(s);
console.log([t(/hello/i, 'HeLLo'), t(/[a-z]+/i, 'ABC'), t(/É/i, 'é'), t(/ß/i, 'SS'), t(/σ/i, 'ς'), t(/[^x]/i, 'X')].join());
console.log('aAbB'.replace(/[ab]/gi, c => c.toUpperCase()) + 'Straße'.match(/STRASSE/i));
