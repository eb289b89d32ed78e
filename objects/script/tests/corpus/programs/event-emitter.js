const makeEmitter = () => {
  const handlers = new Map();
  const on = (name, f) => {
    if (!handlers.has(name)) handlers.set(name, new Set());
    handlers.get(name).add(f);
    return () => handlers.get(name).delete(f);
  };
  const once = (name, f) => {
    const off = on(name, (...args) => {
      off();
      f(...args);
    });
    return off;
  };
  const emit = (name, ...args) => {
    let n = 0;
    for (const f of handlers.get(name) ?? []) {
      n += 1;
      try {
        f(...args);
      } catch (e) {
        if (name === 'error') throw e;
        emit('error', e);
      }
    }
    return n;
  };
  const next = name => new Promise(resolve => once(name, resolve));
  return { on, once, emit, next };
};
const e = makeEmitter();
const log = [];
const off = e.on('x', v => log.push(`a${v}`));
e.once('x', v => log.push(`once${v}`));
e.on('x', v => {
  if (v === 2) throw new Error('handler');
  log.push(`b${v}`);
});
e.on('error', err => log.push(`error ${err.message}`));
console.log([e.emit('x', 1), e.emit('x', 2), e.emit('nobody')].join());
off();
off();
console.log(`${e.emit('x', 3)}`);
console.log(log.join(' '));
const p = e.next('later');
e.emit('later', 'first');
e.emit('later', 'second');
console.log(await p);
