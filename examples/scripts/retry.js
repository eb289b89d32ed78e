// Calls a service that fails now and then: tries again, each time after twice the pause.

export const main = async ({ service, clock }, request, { tries = 5, pause = 1000 } = {}) => {
  const errors = [];
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      return harden({ answer: await E(service).call(request), attempt });
    } catch (error) {
      errors.push(`${attempt}: ${error.message}`);
      if (attempt < tries) await E(clock).after(pause * 2 ** (attempt - 1));
    }
  }
  throw new Error(`gave up after ${tries} tries (${errors.join('; ')})`);
};
