const go = async name => {
  for (let i = 0; i < 3; i += 1) {
    console.log(`${name}${i}`);
    await null;
  }
  console.log(`${name} done`);
};
const ps = [go('a'), go('b'), go('c')];
console.log('started');
await Promise.all(ps);
