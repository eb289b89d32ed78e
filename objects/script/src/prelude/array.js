// The methods of arrays that call functions (ECMA-262, 23.1.3).
//
// Every function of the prelude gets the receiver first, and captures nothing: so the machine can
// call it without a closure of its own, and a state has nothing of the prelude but its hash. What
// begins with `$` is a built-in function that only the prelude sees; `$begin` checks receiver and
// callback and gives the length, which is read once. There are no holes; so an element that is gone
// (`at >= array.length`) is what ECMA-262 calls a missing property, and is skipped.

export function arrayForEach(array, callback) {
  const length = $begin(array, callback);
  for (let at = 0; at < length; at++) {
    if (at >= array.length) return;
    callback(array[at], at, array);
  }
}

export function arrayMap(array, callback) {
  const length = $begin(array, callback);
  const result = $newArray(length);
  for (let at = 0; at < length; at++) {
    if (at >= array.length) return result;
    result[at] = callback(array[at], at, array);
  }
  return result;
}

export function arrayFilter(array, callback) {
  const length = $begin(array, callback);
  const result = [];
  let kept = 0;
  for (let at = 0; at < length; at++) {
    if (at >= array.length) return result;
    const element = array[at];
    if (callback(element, at, array)) result[kept++] = element;
  }
  return result;
}

export function arraySome(array, callback) {
  const length = $begin(array, callback);
  for (let at = 0; at < length; at++) {
    if (at >= array.length) return false;
    if (callback(array[at], at, array)) return true;
  }
  return false;
}

export function arrayEvery(array, callback) {
  const length = $begin(array, callback);
  for (let at = 0; at < length; at++) {
    if (at >= array.length) return true;
    if (!callback(array[at], at, array)) return false;
  }
  return true;
}

export function arrayReduce(array, callback, ...initial) {
  const length = $begin(array, callback);
  let at = 0;
  let result;
  if (initial.length > 0) {
    result = initial[0];
  } else {
    if (length === 0) throw new TypeError('Reduce of empty array with no initial value');
    result = array[0];
    at = 1;
  }
  for (; at < length; at++) {
    if (at >= array.length) return result;
    result = callback(result, array[at], at, array);
  }
  return result;
}

export function arrayReduceRight(array, callback, ...initial) {
  let at = $begin(array, callback) - 1;
  let result;
  if (initial.length > 0) {
    result = initial[0];
  } else {
    if (at < 0) throw new TypeError('Reduce of empty array with no initial value');
    result = array[at];
    at--;
  }
  for (; at >= 0; at--) {
    if (at < array.length) result = callback(result, array[at], at, array);
  }
  return result;
}

export function arrayFind(array, callback) {
  const length = $begin(array, callback);
  for (let at = 0; at < length; at++) {
    const element = array[at];
    if (callback(element, at, array)) return element;
  }
  return undefined;
}

export function arrayFindIndex(array, callback) {
  const length = $begin(array, callback);
  for (let at = 0; at < length; at++) {
    if (callback(array[at], at, array)) return at;
  }
  return -1;
}

export function arrayFindLast(array, callback) {
  for (let at = $begin(array, callback) - 1; at >= 0; at--) {
    const element = array[at];
    if (callback(element, at, array)) return element;
  }
  return undefined;
}

export function arrayFindLastIndex(array, callback) {
  for (let at = $begin(array, callback) - 1; at >= 0; at--) {
    if (callback(array[at], at, array)) return at;
  }
  return -1;
}

export function arrayFlatMap(array, callback) {
  if (!$isCallable(callback)) throw new TypeError('flatMap mapper function is not callable');
  const length = $begin(array, callback);
  const result = [];
  for (let at = 0; at < length; at++) {
    if (at >= array.length) return result;
    const mapped = callback(array[at], at, array);
    if ($isArray(mapped)) $appendAll(result, mapped);
    else result[result.length] = mapped;
  }
  return result;
}

export function arrayFrom(receiver, items, callback) {
  if (callback !== undefined && !$isCallable(callback)) {
    throw new TypeError(`${$shown(callback)} is not a function`);
  }
  if ($isIterable(items)) {
    const result = [];
    if (callback === undefined) {
      for (const item of items) result[result.length] = item;
    } else {
      let at = 0;
      for (const item of items) result[at] = callback(item, at++);
    }
    return result;
  }
  const length = $lengthOf(items, items?.length);
  const result = $newArray(length);
  for (let at = 0; at < length; at++) {
    result[at] = callback === undefined ? items[at] : callback(items[at], at);
  }
  return result;
}

// Elements that are objects are made strings by calling what they say; the arrays that are being
// joined count as empty inside of themselves.
export function arrayJoin(array, separator) {
  const text = $join(array, separator);
  if (text !== undefined) return text;
  const joining = [];
  const joined = (nested, between) => {
    if (joining.includes(nested)) return '';
    const quick = $join(nested, between);
    if (quick !== undefined) return quick;
    joining.push(nested);
    const length = nested.length;
    const texts = [];
    for (let at = 0; at < length; at++) {
      const element = nested[at];
      if ($isArray(element)) texts[at] = joined(element, ',');
      else if (element === undefined || element === null) texts[at] = '';
      else texts[at] = `${element}`;
    }
    joining.pop();
    return $join(texts, between);
  };
  return joined(array, separator === undefined ? ',' : `${separator}`);
}

export function arrayToString(array) {
  return array.join();
}
