const seen = [];
try {
  [1, 2, 3].map(x => {
    seen.push(x);
    if (x === 2) throw new Error(`at ${x}`);
    return x;
  });
} catch (e) {
  console.log(`${e.message} after ${seen.join()}`);
}
for (const bad of [undefined, 5, 'f', {}]) {
  try {
    [1].map(bad);
  } catch (e) {
    console.log(e.name);
  }
}
try {
  [].forEach(null);
} catch (e) {
  console.log(e.name);
}
