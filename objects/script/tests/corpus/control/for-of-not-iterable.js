for (const v of [1, null, undefined, {}, true, () => 1]) {
  try {
    for (const x of v) console.log('never');
  } catch (e) {
    console.log(e.name);
  }
}
