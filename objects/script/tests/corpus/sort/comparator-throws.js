const a = [3, 1, 2];
try {
  a.sort(() => {
    throw new Error('no order');
  });
} catch (e) {
  console.log(`${e.message} ${a.join()}`);
}
