// Asks everybody in a team what they do today, waits until a set time, and posts a summary; who
// answers late is added to it.

export const main = async ({ team, board, clock }, { open }) => {
  const said = new Map();
  let post;
  const late = [];
  for (const [name, member] of Object.entries(team)) {
    E(member).ask('What do you do today?').then(
      (answer) => {
        said.set(name, answer.trim() || '(nothing)');
        if (post) late.push(E(post).add(`${name}: ${said.get(name)}`));
      },
      (error) => { said.set(name, `(not reached: ${error.message})`); },
    );
  }
  await E(clock).after(open);
  const lines = Object.keys(team).sort().map((name) => `${name}: ${said.get(name) ?? '...'}`);
  post = await E(board).post(lines.join('\n'));
  await E(clock).after(open);
  await Promise.allSettled(late);
  return harden({ answered: said.size, of: Object.keys(team).length, late: late.length });
};
