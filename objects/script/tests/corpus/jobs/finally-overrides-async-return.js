const f = async () => {
  try {
    return await Promise.resolve('try');
  } finally {
    await null;
    return 'finally';
  }
};
console.log(await f());
const g = async () => {
  for (;;) {
    try {
      throw await 'lost';
    } finally {
      await null;
      break;
    }
  }
  return 'broken out';
};
console.log(await g());
