const log = [];
for (let i = 0; i < 4; i += 1) {
  try {
    if (i === 1) continue;
    if (i === 3) break;
    log.push(`body ${i}`);
  } finally {
    log.push(`finally ${i}`);
  }
}
console.log(log.join(', '));
const f = () => {
  for (const x of [1, 2, 3]) {
    try {
      return `r${x}`;
    } finally {
      if (x < 3) continue;
    }
  }
  return 'end';
};
console.log(f());
