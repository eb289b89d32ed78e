let calls = 0;
const log = [];
const record = what => {
  calls += 1;
  log.push(what);
};
record('body');
export const main = async () => {
  record('main');
  await null;
  record('after');
  console.log(log.join());
  return calls;
};
