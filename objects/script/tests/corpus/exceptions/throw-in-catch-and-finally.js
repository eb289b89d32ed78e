const f = () => {
  try {
    throw 'a';
  } catch (e) {
    throw e + 'b';
  } finally {
    console.log('finally runs');
  }
};
try {
  f();
} catch (e) {
  console.log(e);
}
const g = () => {
  try {
    throw 'first';
  } catch {
    throw 'second';
  } finally {
    throw 'third';
  }
};
try {
  g();
} catch (e) {
  console.log(e);
}
