// Decides which backups to keep: the last ones, one a week and one a month; the others are deleted.

const DAY = 24 * 3600;

// The newest of each period, for as many periods as are wanted.
const newest = (backups, period, count) => {
  const kept = new Map();
  for (const backup of backups) {
    const key = Math.floor(backup.time / period);
    if (!kept.has(key) && kept.size < count) kept.set(key, backup);
  }
  return [...kept.values()];
};

export const main = async ({ store }, { daily, weekly, monthly, dry = false }) => {
  const all = [...(await E(store).list())].sort((a, b) => b.time - a.time);
  const keep = new Set([
    ...newest(all, DAY, daily),
    ...newest(all, 7 * DAY, weekly),
    ...newest(all, 30 * DAY, monthly),
  ]);
  const drop = all.filter((backup) => !keep.has(backup));
  if (!dry) {
    const outcomes = await Promise.allSettled(drop.map(({ name }) => E(store).remove(name)));
    const failed = outcomes.filter(({ status }) => status === 'rejected').length;
    if (failed > 0) throw new AggregateError(outcomes.flatMap(({ reason }) => reason ?? []), `${failed} of ${drop.length} stay`);
  }
  return harden({ kept: [...keep].map(({ name }) => name), dropped: drop.map(({ name }) => name) });
};
