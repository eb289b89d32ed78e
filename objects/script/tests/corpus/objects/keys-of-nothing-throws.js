for (const v of [null, undefined]) {
  try {
    Object.keys(v);
  } catch (e) {
    console.log(e.name);
  }
}
