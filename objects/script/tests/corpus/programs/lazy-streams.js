const EMPTY = null;
const cons = (head, tail) => {
  let known;
  return { head, tail: () => (known ??= { v: tail() }).v };
};
const from = n => cons(n, () => from(n + 1));
const take = (s, n) => {
  const out = [];
  for (let at = s; at !== EMPTY && out.length < n; at = out.length < n ? at.tail() : EMPTY) out.push(at.head);
  return out;
};
const map = (s, f) => (s === EMPTY ? EMPTY : cons(f(s.head), () => map(s.tail(), f)));
const filter = (s, p) => {
  let at = s;
  while (at !== EMPTY && !p(at.head)) at = at.tail();
  return at === EMPTY ? EMPTY : cons(at.head, () => filter(at.tail(), p));
};
const zip = (a, b, f) => (a === EMPTY || b === EMPTY ? EMPTY : cons(f(a.head, b.head), () => zip(a.tail(), b.tail(), f)));
const takeWhile = (s, p) => (s === EMPTY || !p(s.head) ? EMPTY : cons(s.head, () => takeWhile(s.tail(), p)));
const sieve = s => cons(s.head, () => sieve(filter(s.tail(), x => x % s.head !== 0)));
const fibs = cons(0, () => cons(1, () => zip(fibs, fibs.tail(), (a, b) => a + b)));
let work = 0;
const counted = map(from(1), x => {
  work += 1;
  return x * x;
});
console.log(take(from(5), 4).join());
console.log(take(counted, 5).join() + ` ${work}`);
console.log(take(counted, 7).join() + ` ${work}`);
console.log(take(sieve(from(2)), 15).join());
console.log(take(fibs, 15).join());
console.log(take(takeWhile(filter(from(1), x => x % 3 === 0), x => x < 20), 99).join());
console.log(`${take(EMPTY, 3).length}`);
