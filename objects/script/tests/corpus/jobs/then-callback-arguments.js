await Promise.resolve('v').then((...args) => console.log(`${args.length} ${args[0]}`));
await Promise.reject('r').catch((...args) => console.log(`${args.length} ${args[0]}`));
await Promise.resolve('v').finally((...args) => console.log(`${args.length}`));
await new Promise((...args) => {
  console.log(`${args.map(f => typeof f).join()}`);
  console.log(`${args[0]('x')}`);
});
