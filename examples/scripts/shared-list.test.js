export const test = async (main, { assert }) => {
  const { reader, writer } = await main();
  const heard = [];
  const watch = await E(reader).watch(Far('listener', { changed: (what) => { heard.push(what); } }));
  await E(reader).watch(Far('gone', { changed: () => { throw new Error('gone'); } }));
  await E(writer).add('milk');
  await E(writer).add('tea');
  await E(writer).finish('milk');
  const twice = await E(writer).add('tea').catch((error) => error.message);
  assert(twice === 'tea is there', twice);
  assert((await E(watch).stop()) === true, 'it listened');
  await E(writer).add('bread');
  const list = await E(reader).list();
  assert(list.join() === '[x] milk,[ ] tea,[ ] bread', list.join());
  assert(heard.join() === '+ milk,+ tea,x milk', heard.join());
  assert(reader.add === undefined, 'a reader cannot write');
};
