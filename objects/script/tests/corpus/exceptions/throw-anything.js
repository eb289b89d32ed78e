for (const v of [1, 'text', null, undefined, true, 5n, NaN]) {
  try {
    throw v;
  } catch (e) {
    console.log(`${typeof e} ${String(e)} ${e === v}`);
  }
}
try {
  throw { code: 1 };
} catch (e) {
  console.log(JSON.stringify(e));
}
try {
  throw () => 'function';
} catch (e) {
  console.log(e());
}
