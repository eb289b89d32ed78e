// Reminds of something, more and more often, until it is acknowledged.

export const main = async ({ clock, notify }, { what, first, least }) => {
  let done = false;
  const acknowledge = Far('acknowledge', {
    done: () => {
      done = true;
      return 'thank you';
    },
  });
  let pause = first;
  let count = 0;
  while (!done) {
    await E(clock).after(pause);
    if (done) break;
    count += 1;
    await E(notify).tell(`${what} (${count})`, acknowledge);
    pause = Math.max(least, Math.floor(pause / 2));
  }
  return count;
};
