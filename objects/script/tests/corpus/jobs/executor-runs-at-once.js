console.log('a');
const p = new Promise(resolve => {
  console.log('b');
  resolve('d');
  console.log('b2');
});
console.log('c');
console.log(await p);
