const makeScheduler = () => {
  const queues = new Map([['high', []], ['normal', []], ['low', []]]);
  const log = [];
  const add = (level, name, steps) => {
    queues.get(level).push({ name, left: steps, level });
  };
  const next = () => {
    for (const q of queues.values()) if (q.length > 0) return q.shift();
    return null;
  };
  const run = () => {
    let ticks = 0;
    for (let t = next(); t; t = next()) {
      ticks += 1;
      t.left -= 1;
      log.push(`${t.name}${t.left}`);
      if (t.left > 0) {
        const level = ticks % 3 === 0 && t.level !== 'low' ? 'low' : t.level;
        queues.get(level).push({ ...t, level });
      }
    }
    return ticks;
  };
  return { add, run, log };
};
const s = makeScheduler();
s.add('normal', 'n', 3);
s.add('high', 'h', 4);
s.add('low', 'l', 2);
s.add('high', 'k', 2);
console.log(`${s.run()} ${s.log.join(' ')}`);
s.add('low', 'z', 1);
console.log(`${s.run()} ${s.log.at(-1)}`);
