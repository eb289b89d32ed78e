const out = [];
for (let i = 0; i < 6; i += 1) {
  switch (i) {
    case 1:
      continue;
    case 3:
      break;
    default:
      out.push(i);
  }
  if (i === 4) break;
}
console.log(out.join());
