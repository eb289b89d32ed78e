// Objects as primitive values (ECMA-262, 7.1.1), for operators and built-in functions that need one.
// There are no prototypes: what an object does not say itself is decided by its class.

export function toPrimitive(value, hint) {
  const kind = $classOf(value);
  if (kind === 'Object') {
    const primitive = $ownPrimitive(value, hint);
    // As a number or text is wanted, undefined is one of these, and not an argument left out.
    if (primitive !== undefined || hint === 'default') return primitive;
    return hint === 'number' ? NaN : 'undefined';
  }
  if (kind === 'Array') return value.join();
  if (kind === 'Error') return value.toString();
  if (kind === 'RegExp') return `/${value.source}/${value.flags}`;
  if (kind === 'Function') {
    throw new TypeError('A function cannot be made a string: its source is not part of a process');
  }
  return `[object ${kind}]`;
}

// `valueOf` and `toString` of its own are called, in the order that the hint says.
export function ownPrimitive(receiver, value, hint) {
  for (let turn = 0; turn < 2; turn++) {
    const method = (hint === 'string') === (turn === 0) ? 'toString' : 'valueOf';
    if (Object.hasOwn(value, method)) {
      const found = value[method];
      if ($isCallable(found)) {
        const result = found();
        if (!$isObject(result)) return result;
      }
    } else if (method === 'toString') {
      return $plainText(value);
    }
  }
  throw new TypeError('Cannot convert object to primitive value');
}

export function errorToString(error) {
  $checkError(error);
  const name = error.name === undefined ? 'Error' : `${error.name}`;
  const message = error.message === undefined ? '' : `${error.message}`;
  if (name === '') return message;
  return message === '' ? name : `${name}: ${message}`;
}
