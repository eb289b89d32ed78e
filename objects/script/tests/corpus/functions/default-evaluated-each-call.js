let calls = 0;
const next = () => {
  calls += 1;
  return calls;
};
const f = (x = next()) => x;
console.log(`${f()} ${f(100)} ${f()} ${f(undefined)} ${calls}`);
const g = (list = []) => {
  list.push(1);
  return list.length;
};
console.log(`${g()} ${g()}`);
