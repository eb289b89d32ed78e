const run = v => {
  const out = [];
  switch (v) {
    case 1:
      out.push('one');
    case 2:
      out.push('two');
      break;
    case 3: {
      out.push('three');
    }
    default:
      out.push('default');
    case 4:
      out.push('four');
  }
  return out.join('+');
};
for (const v of [1, 2, 3, 4, 5, '1']) console.log(run(v));
