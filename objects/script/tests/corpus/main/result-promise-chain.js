export const main = () =>
  Promise.resolve(1)
    .then(n => n + 1)
    .then(async n => n * 10);
