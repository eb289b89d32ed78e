const empty = Far('empty', {});
try {
  await E(empty).nothing();
} catch (e) {
  console.log(e instanceof Error ? 'an error' : 'something else');
}
