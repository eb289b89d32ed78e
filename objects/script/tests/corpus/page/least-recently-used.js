// A Map keeps the order of insertion, so its first key is the one used longest ago.
const makeCache = (most, load) => {
  const kept = new Map();
  let misses = 0;
  const get = async (key) => {
    if (kept.has(key)) {
      const value = kept.get(key);
      kept.delete(key);
      kept.set(key, value);
      return value;
    }
    misses += 1;
    const value = await load(key);
    kept.set(key, value);
    if (kept.size > most) {
      const { value: oldest } = kept.keys().next();
      kept.delete(oldest);
    }
    return value;
  };
  return harden({ get, keys: () => [...kept.keys()], misses: () => misses });
};

export const main = async () => {
  const cache = makeCache(3, async (key) => key * key);
  for (const key of [1, 2, 3, 1, 4, 2, 1, NaN, NaN]) {
    console.log(`${key}: ${await cache.get(key)}, kept ${cache.keys().join(' ')}`);
  }
  try {
    cache.get = null;
  } catch (error) {
    console.log(error.name, Object.isFrozen(cache));
  }
  return cache.misses();
};
