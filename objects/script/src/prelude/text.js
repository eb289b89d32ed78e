// Replacing in strings by what functions return (ECMA-262, 22.1.3.19 and 22.2.6.11). All matches are
// found before the first call.

export function stringReplace(text, pattern, replacement) {
  if (!$isCallable(replacement)) return $stringReplace(text, pattern, replacement);
  return $replaced(text, $stringMatches(text, pattern, false), replacement);
}

export function stringReplaceAll(text, pattern, replacement) {
  if (!$isCallable(replacement)) return $stringReplaceAll(text, pattern, replacement);
  return $replaced(text, $stringMatches(text, pattern, true), replacement);
}

export function replaced(receiver, text, matches, replacement) {
  const parts = [];
  let from = 0;
  for (let i = 0; i < matches.length; i += 3) {
    parts.push(text.slice(from, matches[i]), `${replacement(...matches[i + 2])}`);
    from = matches[i + 1];
  }
  parts.push(text.slice(from));
  return parts.join('');
}
