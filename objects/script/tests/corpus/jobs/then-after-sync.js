console.log('1');
Promise.resolve('3').then(v => console.log(v));
console.log('2');
await null;
console.log('4');
