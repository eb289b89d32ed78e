const hi = '\ud83d';
const lo = '\ude00';
console.log(`${hi.length} ${(hi + lo).length} ${[...(hi + lo)].length} ${[...(lo + hi)].length} ${hi + lo === '😀'}`);
console.log(JSON.stringify([hi, lo, lo + hi, `x${hi}y`]));
console.log([hi.isWellFormed(), (hi + lo).isWellFormed(), 'a'.isWellFormed(), (lo + hi).isWellFormed()].join());
console.log(`${hi.toWellFormed() === '\ufffd'} ${`a${lo}b`.toWellFormed()} ${hi === '\ud83d'} ${hi < lo}`);
console.log(`${[...`${hi}x`].map(c => c.codePointAt(0).toString(16)).join()}`);
