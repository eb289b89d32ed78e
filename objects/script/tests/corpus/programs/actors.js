// Actors with mailboxes: one message is handled at a time, though handlers wait.
const makeActor = (name, handle) => {
  const mailbox = [];
  let busy = false;
  let state;
  const pump = async () => {
    if (busy) return;
    busy = true;
    while (mailbox.length > 0) {
      const { message, resolve, reject } = mailbox.shift();
      try {
        const { reply, next } = await handle(state, message);
        state = next;
        resolve(reply);
      } catch (e) {
        reject(e);
      }
    }
    busy = false;
  };
  return Far(name, {
    send: message =>
      new Promise((resolve, reject) => {
        mailbox.push({ message, resolve, reject });
        pump();
      }),
  });
};
const log = [];
const counter = makeActor('counter', async (n = 0, message) => {
  log.push(`begin ${message}`);
  await null;
  await null;
  log.push(`end ${message}`);
  switch (message) {
    case 'up':
      return { next: n + 1, reply: n + 1 };
    case 'read':
      return { next: n, reply: n };
    default:
      throw new Error(`what is ${message}?`);
  }
});
const rs = await Promise.allSettled(['up', 'up', 'jump', 'read'].map(m => E(counter).send(m)));
console.log(rs.map(r => r.value ?? r.reason.message).join(', '));
console.log(log.join(', '));
