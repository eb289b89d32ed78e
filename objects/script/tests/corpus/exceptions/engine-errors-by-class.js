const name = f => {
  try {
    f();
    return 'fine';
  } catch (e) {
    return `${e.name}:${e instanceof Error}`;
  }
};
console.log(name(() => null.x));
console.log(name(() => undefined()));
console.log(name(() => ({}).f()));
console.log(name(() => [].reduce((a, b) => a)));
console.log(name(() => 'x'.repeat(-1)));
console.log(name(() => (1).toFixed(101)));
console.log(name(() => (1).toString(1)));
console.log(name(() => 1n + 1));
console.log(name(() => JSON.parse('{')));
console.log(name(() => BigInt('x')));
console.log(name(() => BigInt(1.5)));
console.log(name(() => decodeURIComponent('%')));
console.log(name(() => String.fromCodePoint(-1)));
console.log(name(() => 'abc'.normalize('X')));
console.log(name(() => (1n) / 0n));
console.log(name(() => new Map([1])));
console.log(name(() => 5 in 'text'));
