const set = v => {
  slot = v;
};
try {
  set(1);
} catch (e) {
  console.log(e.name);
}
let slot = 0;
set(2);
console.log(`${slot}`);
