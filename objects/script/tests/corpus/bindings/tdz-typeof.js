try {
  console.log(typeof y);
  let y = 3;
  console.log(`${y}`);
} catch (e) {
  console.log(`typeof too: ${e.name}`);
}
