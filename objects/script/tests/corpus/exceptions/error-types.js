for (const make of [
  m => new Error(m),
  m => new TypeError(m),
  m => new RangeError(m),
  m => new SyntaxError(m),
  m => new ReferenceError(m),
  m => new EvalError(m),
  m => new URIError(m),
]) {
  const e = make('msg');
  console.log(`${e.name} ${e.message} ${String(e)} ${e instanceof Error} ${e instanceof TypeError} ${e instanceof RangeError}`);
}
