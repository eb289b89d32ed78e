const makeBucket = ({ capacity, perSecond, now }) => {
  let tokens = capacity;
  let last = now();
  return {
    take: (n = 1) => {
      const t = now();
      tokens = Math.min(capacity, tokens + ((t - last) / 1000) * perSecond);
      last = t;
      if (tokens < n) return { ok: false, wait: Math.ceil(((n - tokens) / perSecond) * 1000) };
      tokens -= n;
      return { ok: true, left: Number(tokens.toFixed(3)) };
    },
  };
};
const makeWindow = ({ most, ms, now }) => {
  let times = [];
  return () => {
    const t = now();
    times = times.filter(x => t - x < ms);
    if (times.length >= most) return false;
    times.push(t);
    return true;
  };
};
let time = 0;
const now = () => time;
const bucket = makeBucket({ capacity: 3, perSecond: 2, now });
const allowed = makeWindow({ most: 2, ms: 1000, now });
for (const [at, n] of [[0], [0], [0], [0], [250], [500], [2000, 3], [2000], [2100, 2], [9000, 3]]) {
  time = at;
  const r = bucket.take(n);
  console.log(`${String(at).padStart(5)} ${n ?? 1} ${JSON.stringify(r)} ${allowed()}`);
}
