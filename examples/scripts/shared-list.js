// A list that several people share: who may only read gets the reader, who may also write the
// writer, and everybody who listens is told.

export const main = async () => {
  const items = [];
  const listeners = new Set();
  const tell = (change) => {
    for (const listener of listeners) {
      E(listener).changed(change).catch(() => listeners.delete(listener));
    }
  };
  const reader = Far('reader', {
    list: () => harden(items.map(({ text, done }) => `${done ? '[x]' : '[ ]'} ${text}`)),
    watch: (listener) => {
      listeners.add(listener);
      return Far('watch', { stop: () => listeners.delete(listener) });
    },
  });
  const find = (text) => {
    const item = items.find((each) => each.text === text);
    if (!item) throw new RangeError(`there is no ${text}`);
    return item;
  };
  const writer = Far('writer', {
    add: (text) => {
      if (items.some((each) => each.text === text)) throw new RangeError(`${text} is there`);
      items.push({ text, done: false });
      tell(`+ ${text}`);
    },
    finish: (text) => {
      find(text).done = true;
      tell(`x ${text}`);
    },
  });
  return harden({ reader, writer });
};
