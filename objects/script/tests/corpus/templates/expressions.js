const xs = [1, 2, 3];
console.log(`${xs.map(x => `<${x}>`).join('')} ${xs.length > 2 ? `many (${xs.length})` : 'few'} ${(() => 'call')()}`);
console.log(`${xs.length ? xs : 'none'}`);
