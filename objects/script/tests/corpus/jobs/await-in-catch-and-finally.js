const fail = async m => {
  throw new Error(m);
};
const f = async () => {
  try {
    await fail('one');
  } catch (e) {
    console.log(`caught ${e.message}`);
    await null;
    try {
      await fail('two');
    } catch (e2) {
      console.log(`inside ${e2.message}, still ${e.message}`);
    }
    throw new Error('three');
  } finally {
    await null;
    console.log('finally');
  }
};
console.log(await f().catch(e => e.message));
