const p = new Promise((resolve, reject) => {
  resolve(1);
  resolve(2);
  reject(new Error('3'));
});
console.log(`${await p}`);
const q = new Promise((resolve, reject) => {
  reject('first');
  resolve('second');
  reject('third');
});
console.log(await q.catch(e => `rejected ${e}`));
