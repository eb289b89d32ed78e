// Sorting (ECMA-262, 23.1.3.30): stable, `undefined` last. Arrays below 64 elements are sorted by
// binary insertion after the ascending or descending run that they begin with, longer ones in runs
// of that kind which are then merged (Tim Peters, listsort.txt, 2002). The former makes the same
// comparisons in the same order as Node, so that even a comparison that contradicts itself, such as
// `(a, b) => a > b`, gives what it gives there.

export function arraySort(array, compare) {
  $beginSort(array, compare);
  if (array.length < 2) return array;
  $overwrite(array, $sorted(array, compare));
  return array;
}

export function arrayToSorted(array, compare) {
  $beginSort(array, compare);
  return $sorted(array, compare);
}

// A sorted copy.
export function sorted(receiver, array, compare) {
  const items = $present(array);
  const length = array.length;
  if (compare !== undefined) {
    $sortItems(items, compare);
  } else if (!$sortByText(items)) {
    const texts = [];
    for (let at = 0; at < items.length; at++) texts[at] = `${items[at]}`;
    $sortByText(items, texts);
  }
  while (items.length < length) items.push(undefined);
  return items;
}

export function sortItems(receiver, items, compare) {
  const total = items.length;
  if (total < 2) return;
  let shortest = total;
  let odd = 0;
  while (shortest >= 64) {
    odd |= shortest & 1;
    shortest >>= 1;
  }
  shortest += odd;
  const starts = [];
  let low = 0;
  while (low < total) {
    starts.push(low);
    const end = low + shortest < total ? low + shortest : total;
    low = $sortRun(items, low, end, total, compare);
  }
  while (starts.length > 1) {
    let kept = 0;
    for (let at = 0; at < starts.length; at += 2) {
      const start = starts[at];
      starts[kept++] = start;
      if (at + 1 === starts.length) break;
      $merge(items, start, starts[at + 1], starts[at + 2] ?? total, compare);
    }
    starts.length = kept;
  }
}

// Sorts from `low` up to `end`, or beyond if what is there is in order already; gives the end.
export function sortRun(receiver, items, low, end, total, compare) {
  let at = low + 1;
  if (at < total) {
    const descending = +compare(items[at], items[low]) < 0;
    at++;
    while (at < total && +compare(items[at], items[at - 1]) < 0 === descending) at++;
    if (descending) $reverseRange(items, low, at);
  }
  for (; at < end; at++) {
    const item = items[at];
    let left = low;
    let right = at;
    while (left < right) {
      const middle = left + ((right - left) >> 1);
      if (+compare(item, items[middle]) < 0) right = middle;
      else left = middle + 1;
    }
    $moveTo(items, at, left);
  }
  return at;
}

export function merge(receiver, items, start, middle, end, compare) {
  const left = items.slice(start, middle);
  const length = left.length;
  let at = start;
  let from = 0;
  let other = middle;
  while (from < length && other < end) {
    if (+compare(items[other], left[from]) < 0) items[at++] = items[other++];
    else items[at++] = left[from++];
  }
  while (from < length) items[at++] = left[from++];
}
