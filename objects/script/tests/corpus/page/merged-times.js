// args: [["09:00-10:30","13:00-14:00","10:15-11:00","16:45-17:00","13:30-13:45"]]
const minutes = (text) => {
  const [hours, rest] = text.split(':').map(Number);
  if (!Number.isInteger(hours) || hours > 23 || rest > 59) throw new RangeError(`no time: ${text}`);
  return hours * 60 + rest;
};
const clock = (time) => `${String(Math.trunc(time / 60)).padStart(2, '0')}:${`${time % 60}`.padStart(2, '0')}`;

export const main = async (texts) => {
  const busy = texts
    .map((text) => text.split('-').map(minutes))
    .sort(([a], [b]) => a - b)
    .reduce((merged, [from, to]) => {
      const last = merged.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
      return merged;
    }, []);
  const free = [];
  let at = minutes('08:00');
  for (const [from, to] of [...busy, [minutes('18:00'), 0]]) {
    if (from > at) free.push([at, from]);
    at = to;
  }
  const shown = (list) => list.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(' ');
  console.log(`busy ${shown(busy)}`);
  console.log(`free ${shown(free)}`);
  try {
    minutes('25:00');
  } catch ({ name, message }) {
    console.log(name, message);
  }
  return free.length;
};
