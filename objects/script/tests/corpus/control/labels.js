const out = [];
outer: for (let i = 0; i < 3; i += 1) {
  for (let j = 0; j < 3; j += 1) {
    if (j === 2) continue outer;
    if (i === 2) break outer;
    out.push(`${i}${j}`);
  }
}
console.log(out.join());
block: {
  out.push('in');
  if (out.length > 1) break block;
  out.push('never');
}
console.log(out[out.length - 1]);
