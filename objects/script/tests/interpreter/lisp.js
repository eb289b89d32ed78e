// A small Lisp, twice: once it waits for what is outside, once it never waits.
//
// Numbers and lists are the host's; a symbol is a string, and a string is a list that begins with
// the symbol `quote`. What is in a function's scope is a map that knows the one around it.

const tokens = (text) => [...text.matchAll(/[()']|"[^"]*"|[^\s()']+/g)].map(([token]) => token);

const parse = (text) => {
  const all = tokens(text);
  let at = 0;
  const form = () => {
    const token = all[at];
    at += 1;
    if (token === undefined) throw new SyntaxError('the program ends in the middle');
    if (token === ')') throw new SyntaxError('there is nothing to close');
    if (token === "'") return ['quote', form()];
    if (token[0] === '"') return ['quote', token.slice(1, -1)];
    if (token !== '(') return Number.isNaN(Number(token)) ? token : Number(token);
    const list = [];
    while (all[at] !== ')') list.push(form());
    at += 1;
    return list;
  };
  const forms = [];
  while (at < all.length) forms.push(form());
  return forms;
};

const find = (scope, name) => {
  for (let here = scope; here !== undefined; here = here.around) {
    if (here.names.has(name)) return here.names.get(name);
  }
  throw new ReferenceError(`${name} is not defined`);
};

const scopeOf = ({ names, around }, values) => ({
  names: new Map(names.map((name, at) => [name, values[at]])),
  around,
});

// What neither evaluates nor waits. Undefined if it is something else.
const simple = (form, scope) => {
  if (typeof form === 'string') return { value: find(scope, form) };
  if (!Array.isArray(form)) return { value: form };
  const [head, first, ...rest] = form;
  if (head === 'quote') return { value: first };
  if (head === 'lambda') return { value: { names: first, body: rest, around: scope } };
  return undefined;
};

// `(define (name …) …)` is `(define name (lambda (…) …))`.
const definition = ([, what, ...rest]) =>
  (Array.isArray(what) ? [what[0], ['lambda', what.slice(1), ...rest]] : [what, rest[0]]);

const evaluate = (form, scope) => {
  const known = simple(form, scope);
  if (known !== undefined) return known.value;
  if (form[0] === 'if') {
    const [, condition, yes, no] = form;
    return evaluate(condition, scope) ? evaluate(yes, scope) : evaluate(no, scope);
  }
  if (form[0] === 'define') {
    const [name, value] = definition(form);
    scope.names.set(name, evaluate(value, scope));
    return name;
  }
  const [callee, ...values] = form.map((part) => evaluate(part, scope));
  if (typeof callee === 'function') return callee(...values);
  const inner = scopeOf(callee, values);
  let last;
  for (const part of callee.body) last = evaluate(part, inner);
  return last;
};

const evaluateAsync = async (form, scope) => {
  const known = simple(form, scope);
  if (known !== undefined) return known.value;
  if (form[0] === 'if') {
    const [, condition, yes, no] = form;
    return (await evaluateAsync(condition, scope))
      ? await evaluateAsync(yes, scope)
      : await evaluateAsync(no, scope);
  }
  if (form[0] === 'define') {
    const [name, value] = definition(form);
    scope.names.set(name, await evaluateAsync(value, scope));
    return name;
  }
  const all = [];
  for (const part of form) all.push(await evaluateAsync(part, scope));
  const [callee, ...values] = all;
  if (typeof callee === 'function') return callee(...values);
  const inner = scopeOf(callee, values);
  let last;
  for (const part of callee.body) last = await evaluateAsync(part, inner);
  return last;
};

const builtIn = (asked) => new Map([
  ['+', (...all) => all.reduce((a, b) => a + b, 0)],
  ['-', (a, b) => a - b],
  ['*', (...all) => all.reduce((a, b) => a * b, 1)],
  ['=', (a, b) => a === b],
  ['<', (a, b) => a < b],
  ['list', (...all) => all],
  ['first', ([first]) => first],
  ['rest', ([, ...rest]) => rest],
  ['empty?', (list) => list.length === 0],
  ['say', (what) => { console.log(what); return what; }],
  ['ask', (question) => E(asked).ask(question)],
]);

// `waits`: whether the program may ask.
export const main = async (asked, program, waits) => {
  const scope = { names: builtIn(asked), around: undefined };
  let last;
  for (const form of parse(program)) {
    last = waits ? await evaluateAsync(form, scope) : evaluate(form, scope);
  }
  return last;
};
