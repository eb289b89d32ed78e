// An interpreter of a small Lisp.
const read = src => {
  const tokens = src.match(/[()']|[^\s()']+/g);
  let i = 0;
  const form = () => {
    const t = tokens[i];
    i += 1;
    if (t === "'") return ['quote', form()];
    if (t === '(') {
      const out = [];
      while (tokens[i] !== ')') {
        if (i >= tokens.length) throw new SyntaxError('unbalanced');
        out.push(form());
      }
      i += 1;
      return out;
    }
    if (t === ')') throw new SyntaxError('unexpected )');
    const n = Number(t);
    return Number.isNaN(n) ? t : n;
  };
  const out = [];
  while (i < tokens.length) out.push(form());
  return out;
};

const makeEnv = (outer, names = new Map()) => ({
  find: k => {
    if (names.has(k)) return names.get(k);
    if (outer) return outer.find(k);
    throw new ReferenceError(`unbound ${k}`);
  },
  define: (k, v) => names.set(k, v),
});

const show = v => {
  if (Array.isArray(v)) return `(${v.map(show).join(' ')})`;
  if (typeof v === 'function') return '#fn';
  return v === true ? '#t' : v === false ? '#f' : String(v);
};

const run = (x, env) => {
  if (typeof x === 'string') return env.find(x);
  if (!Array.isArray(x)) return x;
  const [op, ...args] = x;
  switch (op) {
    case 'quote':
      return args[0];
    case 'if':
      return run(run(args[0], env) !== false ? args[1] : args[2], env);
    case 'define': {
      const [name, ...body] = args;
      if (Array.isArray(name)) {
        const [fn, ...params] = name;
        env.define(fn, run(['lambda', params, ...body], env));
        return fn;
      }
      env.define(name, run(body[0], env));
      return name;
    }
    case 'lambda': {
      const [params, ...body] = args;
      return (...vs) => {
        const inner = makeEnv(env, new Map(params.map((p, i) => [p, vs[i]])));
        let r;
        for (const b of body) r = run(b, inner);
        return r;
      };
    }
    case 'let': {
      const inner = makeEnv(env, new Map(args[0].map(([k, v]) => [k, run(v, env)])));
      return args.slice(1).reduce((_, b) => run(b, inner), undefined);
    }
    default: {
      const f = run(op, env);
      if (typeof f !== 'function') throw new TypeError(`${show(op)} is no function`);
      return f(...args.map(a => run(a, env)));
    }
  }
};

const globals = makeEnv(
  null,
  new Map([
    ['+', (...xs) => xs.reduce((a, b) => a + b, 0)],
    ['*', (...xs) => xs.reduce((a, b) => a * b, 1)],
    ['-', (a, b) => (b === undefined ? -a : a - b)],
    ['<', (a, b) => a < b],
    ['=', (a, b) => a === b],
    ['list', (...xs) => xs],
    ['car', xs => xs[0]],
    ['cdr', xs => xs.slice(1)],
    ['cons', (x, xs) => [x, ...xs]],
    ['null?', xs => Array.isArray(xs) && xs.length === 0],
  ]),
);

const program = `
  (define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
  (fact 10)
  (define (map f xs) (if (null? xs) '() (cons (f (car xs)) (map f (cdr xs)))))
  (map (lambda (x) (* x x)) (list 1 2 3 4))
  (let ((a 3) (b 4)) (+ (* a a) (* b b)))
  (define (compose f g) (lambda (x) (f (g x))))
  ((compose fact (lambda (x) (+ x 1))) 4)
  (define (fold f a xs) (if (null? xs) a (fold f (f a (car xs)) (cdr xs))))
  (fold + 0 '(1 2 3 4 5))
  '(quoted (list) 1 2)
  (= 1 2)
  fact
`;
for (const form of read(program)) console.log(`${show(form).slice(0, 40)} => ${show(run(form, globals))}`);
for (const bad of ['(nope 1)', '(1 2)', '(+ 1']) {
  try {
    for (const form of read(bad)) run(form, globals);
  } catch (e) {
    console.log(`${e.name}: ${e.message}`);
  }
}
