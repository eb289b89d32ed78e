const slow = Far('slow', {
  async get(x) {
    await null;
    return `slow ${x}`;
  },
  promise: x => Promise.resolve(`promised ${x}`),
});
console.log(await E(slow).get(1));
console.log(await E(slow).promise(2));
