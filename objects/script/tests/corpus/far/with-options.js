const t = Far('t', { m: x => x + 1 });
console.log(`${await E(t, { within: 1000, note: 'quick' }).m(1)}`);
