// Has a text translated in pieces by several helpers at once, has each piece checked by another
// helper, and gives what was refused to a third.

const pieces = (text, most) => {
  const out = [];
  for (const sentence of text.split(/(?:\. )/)) {
    const last = out.at(-1);
    if (last !== undefined && last.length + sentence.length + 2 <= most) out[out.length - 1] = `${last}. ${sentence}`;
    else out.push(sentence);
  }
  return out;
};

export const main = async ({ helpers }, text, { to, most = 40 }) => {
  const names = Object.keys(helpers);
  const work = async (piece, index) => {
    for (let tries = 0; tries < names.length; tries += 1) {
      const translator = names[(index + tries) % names.length];
      const checker = names[(index + tries + 1) % names.length];
      const translated = await E(helpers[translator]).translate(piece, to);
      const { ok } = await E(helpers[checker]).check(piece, translated);
      if (ok) return { translated, by: translator, checked: checker };
    }
    throw new Error(`nobody can translate "${piece}"`);
  };
  const done = await Promise.all(pieces(text, most).map(work));
  return harden({ text: done.map(({ translated }) => translated).join('. '), by: done.map(({ by }) => by) });
};
