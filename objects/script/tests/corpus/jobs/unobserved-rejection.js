const ignored = Promise.reject(new Error('nobody listens'));
const alsoIgnored = (async () => {
  throw 'nor here';
})();
await null;
console.log('goes on');
console.log(`${ignored instanceof Promise} ${alsoIgnored instanceof Promise}`);
