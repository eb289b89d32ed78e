const bad = Far('bad', {
  sync() {
    throw new RangeError('sync');
  },
  async later() {
    throw 'later';
  },
});
for (const p of [E(bad).sync(), E(bad).later()]) {
  try {
    await p;
  } catch (e) {
    console.log(String(e));
  }
}
