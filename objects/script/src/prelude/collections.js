// What calls functions of `Map` and `Set` (ECMA-262, 24.1 and 24.2).

export function mapForEach(map, callback) {
  $beginMap(map, callback);
  for (const key of map.keys()) callback(map.get(key), key, map);
}

export function setForEach(set, callback) {
  $beginSet(set, callback);
  for (const value of set) callback(value, value, set);
}

export function objectFromEntries(receiver, entries) {
  if (entries === undefined || entries === null) throw new TypeError('undefined is not iterable');
  const result = {};
  for (const entry of entries) {
    $checkEntry(entry);
    result[entry[0]] = entry[1];
  }
  return result;
}
