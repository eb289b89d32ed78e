// args: [2]
const base = await Promise.resolve(40);
const more = await (async () => 1)();
export const main = n => base + more + n;
