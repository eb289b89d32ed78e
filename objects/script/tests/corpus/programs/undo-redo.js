const makeEditor = (text = '') => {
  let past = [];
  let present = { text, cursor: text.length };
  let future = [];
  const change = next => {
    past = [...past.slice(-9), present];
    present = harden(next);
    future = [];
  };
  const clamp = n => Math.max(0, Math.min(present.text.length, n));
  return harden({
    type: s => {
      const { text: t, cursor: c } = present;
      change({ text: t.slice(0, c) + s + t.slice(c), cursor: c + s.length });
    },
    back: (n = 1) => {
      const { text: t, cursor: c } = present;
      const from = clamp(c - n);
      if (from < c) change({ text: t.slice(0, from) + t.slice(c), cursor: from });
    },
    move: by => {
      present = harden({ ...present, cursor: clamp(present.cursor + by) });
    },
    replace: (a, b) => change({ text: present.text.replaceAll(a, b), cursor: 0 }),
    undo: () => {
      if (past.length === 0) return false;
      future = [present, ...future];
      present = past.at(-1);
      past = past.slice(0, -1);
      return true;
    },
    redo: () => {
      if (future.length === 0) return false;
      past = [...past, present];
      [present, ...future] = future;
      return true;
    },
    show: () => `${present.text.slice(0, present.cursor)}|${present.text.slice(present.cursor)}`,
    depth: () => `${past.length}/${future.length}`,
  });
};
const e = makeEditor('hello');
const log = [e.show()];
const go = (f, ...args) => {
  const r = e[f](...args);
  log.push(`${f} ${e.show()} ${e.depth()}${r === undefined ? '' : ` ${r}`}`);
};
go('type', ' world');
go('back', 3);
go('move', -4);
go('type', '_');
go('undo');
go('undo');
go('redo');
go('replace', 'o', '0');
go('redo');
go('undo');
go('undo');
go('undo');
go('undo');
go('back', 99);
console.log(log.join('\n'));
