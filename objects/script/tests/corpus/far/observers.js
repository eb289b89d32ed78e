const makeTopic = () => {
  const seen = new Set();
  return Far('topic', {
    subscribe(o) {
      seen.add(o);
      return Far('ticket', { cancel: () => seen.delete(o) });
    },
    publish(v) {
      for (const o of seen) E(o).notify(v);
      return seen.size;
    },
  });
};
const log = [];
const observer = name => Far(name, { notify: v => log.push(`${name} ${v}`) });
const topic = makeTopic();
const ticket = await E(topic).subscribe(observer('a'));
await E(topic).subscribe(observer('b'));
log.push(`to ${await E(topic).publish(1)}`);
await E(ticket).cancel();
log.push(`to ${await E(topic).publish(2)}`);
await null;
console.log(log.join(', '));
