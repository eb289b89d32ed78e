for (const v of [null, undefined]) {
  try {
    v.x = 1;
  } catch (e) {
    console.log(e.name);
  }
}
for (const v of [1, 'text', true]) {
  try {
    v.x = 1;
    console.log('no error');
  } catch (e) {
    console.log(e.name);
  }
}
console.log(`${(5).x} ${'s'.x} ${true.x}`);
