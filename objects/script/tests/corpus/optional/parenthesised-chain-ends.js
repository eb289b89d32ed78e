const none = undefined;
console.log(`${none?.a.b}`);
try {
  console.log(`${(none?.a).b}`);
} catch (e) {
  console.log(e.name);
}
