// Stands in front of a service: each guest may call so often a period, and the rest waits its turn.

export const main = async ({ service, clock }, { calls, period }) => {
  const guest = (name) => {
    let left = calls;
    let waiting = [];
    let running = false;
    const refill = async () => {
      running = true;
      while (running) {
        await E(clock).after(period);
        left = calls;
        const now = waiting.slice(0, left);
        waiting = waiting.slice(left);
        left -= now.length;
        for (const go of now) go();
        running = waiting.length > 0 || left < calls;
      }
    };
    return Far('guest', {
      call: async (request) => {
        if (!running) refill();
        if (left > 0) left -= 1;
        else await new Promise((resolve) => { waiting.push(resolve); });
        return E(service).call(name, request);
      },
    });
  };
  return Far('desk', { admit: (name) => guest(name) });
};
