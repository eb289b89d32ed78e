const makeMachine = ({ initial, states }) => {
  let state = initial;
  const log = [];
  return {
    send: (event, data) => {
      const t = states[state]?.on?.[event];
      if (!t) {
        log.push(`${state} ignores ${event}`);
        return state;
      }
      const { to, when = () => true, act = () => undefined } = typeof t === 'string' ? { to: t } : t;
      if (!when(data)) {
        log.push(`${state} refuses ${event}`);
        return state;
      }
      act(data);
      states[state].exit?.();
      log.push(`${state} -${event}-> ${to}`);
      state = to;
      states[state].enter?.();
      return state;
    },
    state: () => state,
    log,
  };
};
let coins = 0;
const events = [];
const turnstile = makeMachine({
  initial: 'locked',
  states: {
    locked: {
      on: { coin: { to: 'open', when: v => v >= 5, act: v => (coins += v) }, kick: 'broken' },
      exit: () => events.push('unlocking'),
    },
    open: { on: { push: 'locked', coin: { to: 'open', act: v => (coins += v) } }, enter: () => events.push('opened') },
    broken: { on: { repair: { to: 'locked', when: who => who === 'mechanic' } } },
  },
});
const script = [['push'], ['coin', 2], ['coin', 5], ['coin', 10], ['push'], ['kick'], ['coin', 5], ['repair', 'child'], ['repair', 'mechanic']];
for (const [e, d] of script) turnstile.send(e, d);
for (const line of turnstile.log) console.log(line);
console.log(`${turnstile.state()} ${coins} ${events.join()}`);
