const slow = async (n, v) => {
  for (let i = 0; i < n; i += 1) await null;
  console.log(`ready ${v}`);
  return v;
};
const ps = [slow(3, 'x'), slow(1, 'y'), slow(2, 'z')];
for (const p of ps) console.log(`got ${await p}`);
