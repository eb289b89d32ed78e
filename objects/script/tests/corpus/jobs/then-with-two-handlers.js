const show = p =>
  p.then(
    v => `value ${v}`,
    e => `reason ${e}`,
  );
console.log(await show(Promise.resolve(1)));
console.log(await show(Promise.reject(2)));
console.log(await Promise.resolve(3).then(undefined, () => 'x'));
console.log(await Promise.reject(4).then(() => 'x', undefined).catch(e => `then caught ${e}`));
console.log(await Promise.resolve(5).then(null).then('not a function'));
