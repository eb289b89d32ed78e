const read = () => value;
try {
  read();
} catch (e) {
  console.log(e.name);
}
const value = 42;
console.log(`${read()}`);
