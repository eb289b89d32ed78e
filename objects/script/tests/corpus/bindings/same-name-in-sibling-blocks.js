const out = [];
{
  let t = 1;
  out.push(() => t);
  t = 2;
}
{
  let t = 'x';
  out.push(() => t);
  t += 'y';
}
if (out.length === 2) {
  const t = true;
  out.push(() => t);
}
console.log(out.map(f => String(f())).join(' '));
