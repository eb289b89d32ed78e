const x = 1;
const attempt = () => {
  try {
    console.log(`${x}`);
  } catch (e) {
    console.log(e.name);
  }
  const x = 2;
  return x;
};
console.log(`${attempt()}`);
