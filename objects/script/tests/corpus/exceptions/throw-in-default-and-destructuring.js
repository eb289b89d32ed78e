const fail = m => {
  throw new Error(m);
};
const f = (a = fail('default')) => a;
const g = ({ x = fail('pattern') }) => x;
for (const h of [() => f(), () => f(1), () => g({}), () => g({ x: 2 })]) {
  try {
    console.log(`${h()}`);
  } catch (e) {
    console.log(e.message);
  }
}
