const inner = { then: resolve => resolve('deep') };
const outer = { then: resolve => resolve(inner) };
console.log(await outer);
const other = {
  then: resolve => resolve(Promise.resolve(outer)),
};
console.log(await Promise.resolve(other));
