const e = Object.freeze(new Error('fixed'));
try {
  e.message = 'changed';
} catch (x) {
  console.log(`${x.name} ${e.message}`);
}
let n = 0;
const counter = harden({ up: () => (n += 1) });
counter.up();
counter.up();
console.log(`${n}`);
