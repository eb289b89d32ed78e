const makeSemaphore = n => {
  let free = n;
  const waiting = [];
  const release = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async task => {
    if (free > 0) free -= 1;
    else await new Promise(resolve => waiting.push(resolve));
    try {
      return await task();
    } finally {
      release();
    }
  };
};
const sem = makeSemaphore(2);
let running = 0;
const job = (name, ticks) =>
  sem(async () => {
    running += 1;
    console.log(`${name} in, ${running}`);
    for (let i = 0; i < ticks; i += 1) await null;
    running -= 1;
    console.log(`${name} out, ${running}`);
    return name;
  });
console.log((await Promise.all([job('a', 4), job('b', 2), job('c', 3), job('d', 1)])).join());
