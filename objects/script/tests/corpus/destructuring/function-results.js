const minmax = xs => ({ min: Math.min(...xs), max: Math.max(...xs) });
const { min, max } = minmax([4, 1, 9]);
const divmod = (a, b) => [Math.floor(a / b), a % b];
const [q, r] = divmod(17, 5);
console.log(`${min} ${max} ${q} ${r}`);
