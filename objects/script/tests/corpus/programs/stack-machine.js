// A compiler of expressions to a stack machine, and the machine.
const compile = e => {
  if (typeof e === 'number') return [['push', e]];
  if (typeof e === 'string') return [['load', e]];
  const [op, ...args] = e;
  switch (op) {
    case 'set':
      return [...compile(args[1]), ['store', args[0]]];
    case 'seq':
      return args.flatMap(compile);
    case 'if': {
      const [c, t, f] = args.map(compile);
      return [...c, ['jumpz', t.length + 2], ...t, ['jump', f.length + 1], ...f];
    }
    case 'while': {
      const [c, b] = args.map(compile);
      return [...c, ['jumpz', b.length + 2], ...b, ['jump', -(c.length + b.length + 1)]];
    }
    case 'print':
      return [...compile(args[0]), ['print']];
    default:
      return [...args.flatMap(compile), ['op', op]];
  }
};

const OPS = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '<': (a, b) => Number(a < b),
  '%': (a, b) => a % b,
};

const run = code => {
  const stack = [];
  const vars = {};
  const out = [];
  let steps = 0;
  for (let pc = 0; pc < code.length; ) {
    const [what, x] = code[pc];
    steps += 1;
    if (steps > 10000) throw new RangeError('too many steps');
    let next = pc + 1;
    switch (what) {
      case 'push':
        stack.push(x);
        break;
      case 'load':
        stack.push(vars[x] ?? 0);
        break;
      case 'store':
        vars[x] = stack.pop();
        break;
      case 'op': {
        const b = stack.pop();
        const a = stack.pop();
        stack.push(OPS[x](a, b));
        break;
      }
      case 'jump':
        next = pc + x;
        break;
      case 'jumpz':
        if (stack.pop() === 0) next = pc + x;
        break;
      case 'print':
        out.push(stack.pop());
        break;
    }
    pc = next;
  }
  return { out, vars, steps };
};

const program = [
  'seq',
  ['set', 'i', 1],
  ['set', 'sum', 0],
  ['while', ['<', 'i', 11], ['seq', ['if', ['%', 'i', 2], ['set', 'sum', ['+', 'sum', 'i']], ['print', 'i']], ['set', 'i', ['+', 'i', 1]]]],
  ['print', ['*', 'sum', 100]],
];
const code = compile(program);
console.log(code.map(c => c.join(' ')).join('; '));
const { out, vars, steps } = run(code);
console.log(`${out.join()} ${JSON.stringify(vars)} ${steps}`);
try {
  run(compile(['while', 1, ['set', 'x', ['+', 'x', 1]]]));
} catch (e) {
  console.log(e.message);
}
