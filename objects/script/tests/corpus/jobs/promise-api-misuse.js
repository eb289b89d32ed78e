const name = async f => {
  try {
    await f();
    return 'fine';
  } catch (e) {
    return e.name;
  }
};
console.log(await name(() => new Promise()));
console.log(await name(() => new Promise(3)));
console.log(await name(() => Promise.all()));
console.log(await name(() => Promise.race(5)));
console.log(await name(() => Promise.all([])));
