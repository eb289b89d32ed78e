// An interpreter of eight instructions on a tape.
const compile = src => {
  const jumps = new Map();
  const open = [];
  [...src].forEach((c, i) => {
    if (c === '[') open.push(i);
    if (c === ']') {
      if (open.length === 0) throw new SyntaxError(`unmatched ] at ${i}`);
      const j = open.pop();
      jumps.set(i, j);
      jumps.set(j, i);
    }
  });
  if (open.length > 0) throw new SyntaxError(`unmatched [ at ${open.pop()}`);
  return jumps;
};
const run = (src, input = '', limit = 100000) => {
  const jumps = compile(src);
  const tape = [0];
  let at = 0;
  let read = 0;
  let out = '';
  let steps = 0;
  for (let pc = 0; pc < src.length; pc += 1) {
    steps += 1;
    if (steps > limit) throw new RangeError('runs too long');
    switch (src[pc]) {
      case '>':
        at += 1;
        if (at === tape.length) tape.push(0);
        break;
      case '<':
        at -= 1;
        if (at < 0) throw new RangeError('left of the tape');
        break;
      case '+':
        tape[at] = (tape[at] + 1) & 255;
        break;
      case '-':
        tape[at] = (tape[at] + 255) & 255;
        break;
      case '.':
        out += String.fromCharCode(tape[at]);
        break;
      case ',':
        tape[at] = read < input.length ? input.charCodeAt(read) : 0;
        read += 1;
        break;
      case '[':
        if (tape[at] === 0) pc = jumps.get(pc);
        break;
      case ']':
        if (tape[at] !== 0) pc = jumps.get(pc);
        break;
    }
  }
  return `${out} (${steps} steps, ${tape.length} cells)`;
};
const attempts = [['++++++++[>++++++++<-]>+.+.+.', ''], [',[.,]', 'echo'], [',>,[<+>-]<.', '!"'], ['+[', ''], [']', ''], ['<', ''], ['+[]', ''], [',[>,]<[.<]', 'abc']];
for (const [src, input] of attempts) {
  try {
    console.log(run(src, input));
  } catch (e) {
    console.log(`${e.name}: ${e.message}`);
  }
}
