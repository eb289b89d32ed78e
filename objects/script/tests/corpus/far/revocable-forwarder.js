const makeForwarder = target => {
  let to = target;
  return {
    proxy: Far('proxy', {
      say: x => {
        if (!to) throw new Error('revoked');
        return E(to).say(x);
      },
    }),
    revoke: () => {
      to = undefined;
    },
  };
};
const { proxy, revoke } = makeForwarder(Far('real', { say: x => `said ${x}` }));
console.log(await E(proxy).say(1));
revoke();
console.log(await E(proxy).say(2).catch(e => e.message));
