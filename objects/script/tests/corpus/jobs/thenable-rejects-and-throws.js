const outcome = async x => {
  try {
    return `ok ${await x}`;
  } catch (e) {
    return `caught ${e}`;
  }
};
console.log(await outcome({ then: (_resolve, reject) => reject('no') }));
console.log(
  await outcome({
    then: () => {
      throw 'thrown';
    },
  }),
);
console.log(
  await outcome({
    then: resolve => {
      resolve('first');
      throw 'too late';
    },
  }),
);
console.log(
  await outcome({
    then: (resolve, reject) => {
      reject('first');
      resolve('second');
    },
  }),
);
