const log = [];
const slow = async () => {
  for (let i = 0; i < 3; i += 1) {
    await null;
    log.push(`slow ${i}`);
  }
};
await Promise.resolve().finally(slow).then(() => log.push('after'));
console.log(log.join(', '));
