// A request goes through people who answer later; each step can be refused or time out.
const makeClock = () => {
  const timers = [];
  let now = 0;
  return Far('clock', {
    after: n => new Promise(resolve => timers.push({ at: now + n, resolve })),
    advance: n => {
      now += n;
      for (const t of timers.splice(0)) {
        if (t.at <= now) t.resolve(now);
        else timers.push(t);
      }
      return now;
    },
  });
};
const makePerson = (name, answers) =>
  Far(name, {
    name: () => name,
    approve: request => {
      const a = answers.shift();
      if (a === undefined) return new Promise(() => {});
      if (a === 'error') throw new Error(`${name} is away`);
      return { ok: a === 'yes', by: name, note: `${request} seen` };
    },
  });
const log = [];
const ask = async (person, clock, request) => {
  const name = await E(person).name();
  const timeout = E(clock)
    .after(10)
    .then(() => ({ ok: false, by: name, note: 'no answer' }));
  const answer = await Promise.race([E(person).approve(request), timeout]);
  log.push(`${request}: ${answer.by} ${answer.ok ? 'agrees' : 'does not'} (${answer.note})`);
  return answer.ok;
};
const workflow = async (people, clock, request) => {
  try {
    for (const p of people) if (!(await ask(p, clock, request))) return `${request}: stopped`;
    return `${request}: done`;
  } catch (e) {
    return `${request}: failed, ${e.message}`;
  } finally {
    log.push(`${request}: closed`);
  }
};
export const main = async () => {
  const clock = makeClock();
  const ann = makePerson('Ann', ['yes', 'no', 'yes', 'yes']);
  const bob = makePerson('Bob', ['yes', 'error']);
  const all = [];
  for (const r of ['r1', 'r2', 'r3', 'r4']) {
    all.push(workflow([ann, bob], clock, r));
    for (let i = 0; i < 20; i += 1) await null;
  }
  console.log(`time ${await E(clock).advance(5)}`);
  console.log(`time ${await E(clock).advance(5)}`);
  const results = await Promise.all(all);
  console.log(log.join('\n'));
  return results;
};
