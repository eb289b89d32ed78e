const p = Promise.reject(new Error('early'));
await null;
await null;
await null;
console.log('still nobody');
try {
  await p;
} catch (e) {
  console.log(`late: ${e.message}`);
}
console.log(await p.catch(e => `again: ${e.message}`));
