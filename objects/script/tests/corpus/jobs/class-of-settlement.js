const state = async p => {
  const marker = {};
  const r = await Promise.race([p, marker]).then(
    v => (v === marker ? 'pending' : 'fulfilled'),
    () => 'rejected',
  );
  return r;
};
console.log(await state(new Promise(() => {})));
console.log(await state(Promise.resolve(1)));
console.log(await state(Promise.reject(1)));
console.log(await state((async () => await null)()));
