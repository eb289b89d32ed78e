const add = a => b => c => d => a + b + c + d;
console.log(`${add(1)(2)(3)(4)}`);
const steps = [];
const outer = () => {
  let x = 1;
  const mid = () => {
    let y = x + 1;
    const inner = () => {
      x += 1;
      y += x;
      steps.push(`${x},${y}`);
    };
    return inner;
  };
  return [mid(), mid()];
};
const [p, q] = outer();
p();
q();
p();
console.log(steps.join(' '));
