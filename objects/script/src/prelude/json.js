// The part of JSON that calls functions of the script (ECMA-262, 25.5). What they would find in
// `this` is not part of the language.

export function jsonParse(receiver, text, reviver) {
  const value = $jsonParse(text);
  return $isCallable(reviver) ? $revived({ '': value }, '', reviver) : value;
}

export function revived(receiver, holder, key, reviver) {
  const value = $jsonGet(holder, key);
  if (Array.isArray(value)) {
    const length = value.length;
    for (let i = 0; i < length; i++) $jsonSet(value, i, $revived(value, `${i}`, reviver));
  } else if ($isObject(value)) {
    for (const name of $jsonKeys(value)) $jsonSet(value, name, $revived(value, name, reviver));
  }
  return reviver(key, value);
}

export function jsonStringify(receiver, value, replacer, space) {
  const text = $jsonText(value, replacer, space);
  if (text !== null) return text;
  const job = {
    replace: $isCallable(replacer) ? replacer : undefined,
    list: $jsonList(replacer),
    gap: $jsonGap(space),
    objects: [],
    keys: [],
    inside: new Set(),
  };
  return $written(job, '', value, '', '');
}

export function written(receiver, job, name, given, place, indent) {
  let value = given;
  if ($isObject(value)) {
    const method = $jsonGet(value, 'toJSON');
    if ($isCallable(method)) value = method(name);
  }
  if (job.replace !== undefined) value = job.replace(name, value);
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return $jsonQuote(value);
    case 'object':
      return $writtenObject(job, value, place, indent);
    case 'undefined':
    case 'function':
      return undefined;
    default:
      return $jsonText(value);
  }
}

export function writtenObject(receiver, job, value, place, indent) {
  job.keys.push(place);
  if (job.inside.has(value)) $jsonCircle(job.objects, job.keys, value);
  job.inside.add(value);
  job.objects.push(value);
  const inner = indent + job.gap;
  const parts = [];
  const isArray = Array.isArray(value);
  if (isArray) {
    for (let i = 0; i < value.length; i++) {
      const text = $written(job, `${i}`, value[i], i, inner);
      parts.push(text === undefined ? 'null' : text);
    }
  } else {
    const colon = job.gap === '' ? ':' : ': ';
    for (const name of job.list === undefined ? $jsonKeys(value) : job.list) {
      const text = $written(job, name, $jsonGet(value, name), name, inner);
      if (text !== undefined) parts.push(`${$jsonQuote(name)}${colon}${text}`);
    }
  }
  job.keys.pop();
  job.objects.pop();
  job.inside.delete(value);
  const [open, close] = isArray ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  if (job.gap === '') return `${open}${parts.join(',')}${close}`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}
