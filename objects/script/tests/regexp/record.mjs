// Records what Node makes of regular expressions: node record.mjs [SEED [COUNT]] > recorded.json
//
// First those written by hand, then COUNT generated ones of the subset, from SEED. A case is
// [pattern, flags, questions], or [pattern, flags, null] where Node has none such; a question is one of
//   ["x", text, lastIndex, [lastIndex afterwards, start, end, start, end, …]]   exec, -1 for nothing
//   ["a", text, [start, end, …]]                                                all matches
//   ["r", text, template, result]                                               replace
//   ["s", text, limit or -1, [piece or null, …]]                                split
// A string that is not well-formed is an array of its code units.

import { written, questionsOf } from './written.mjs';
import { tables } from './tables.mjs';

const seed = Number(process.argv[2] ?? 20261121);
const count = Number(process.argv[3] ?? 1500);

// Mulberry32.
let state = seed >>> 0;
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const chance = (p) => random() < p;

const letters = ['a', 'b', 'c', 'A', 'B', '1', '2', '_', '-', ' ', ',', 'x'];
const strange = ['ä', 'Ä', 'ß', 'ſ', 's', 'K', 'k', 'Σ', 'ς', 'σ', 'İ', 'ı', 'i', 'é', 'µ', '\u2028', '\n', '\r',
  '\ufeff', '\u00a0', '😀', '𐐀', '𐐨', '\ud83d', '\ude00', 'ǅ', 'ǆ', 'ﬅ', 'ﬆ', 'Ω', 'ω', 'Ω'];
const properties = ['L', 'Lu', 'Ll', 'N', 'Nd', 'P', 'S', 'Z', 'Cs', 'Alphabetic', 'White_Space', 'Uppercase',
  'Script=Greek', 'sc=Latn', 'sc=Cyrl', 'Emoji_Presentation', 'ASCII', 'Any'];

const escaped = (c, unicode) => {
  const unit = c.codePointAt(0);
  if (c.length === 1 && (unit < 0x20 || (unit >= 0xd800 && unit < 0xe000) || unit === 0x2028 || chance(0.05))) {
    return '\\u' + unit.toString(16).padStart(4, '0');
  }
  if (unicode && chance(0.1)) return `\\u{${unit.toString(16)}}`;
  return /[\^$\\.*+?()[\]{}|/]/.test(c) ? '\\' + c : c;
};
const inClass = (c, unicode) => (c === '-' ? '\\-' : escaped(c, unicode));

function makePattern(flags) {
  const unicode = flags.includes('u');
  const character = () => pick(chance(0.75) ? letters : strange);
  let names = 0;
  const classItem = () => {
    const r = random();
    if (r < 0.55) return inClass(character(), unicode);
    if (r < 0.75) {
      const two = [character(), character()].filter((c) => c !== '-' && (unicode || c.length === 1))
        .sort((a, b) => a.codePointAt(0) - b.codePointAt(0));
      return two.length === 2 ? `${inClass(two[0], unicode)}-${inClass(two[1], unicode)}` : 'a-c';
    }
    if (r < 0.95 || !unicode) return pick(['\\d', '\\w', '\\s', '\\D', '\\W', '\\S']);
    return pick(['\\p', '\\P']) + `{${pick(properties)}}`;
  };
  const atom = (depth) => {
    const r = random();
    if (r < 0.42 || depth === 0) return escaped(character(), unicode);
    if (r < 0.5) return '.';
    if (r < 0.58) return pick(['\\d', '\\w', '\\s', '\\D', '\\W', '\\S']);
    if (r < 0.7) return `[${chance(0.3) ? '^' : ''}${Array.from({ length: 1 + below(3) }, classItem).join('')}]`;
    if (unicode && r < 0.74) return pick(['\\p', '\\P']) + `{${pick(properties)}}`;
    const body = disjunction(depth - 1);
    if (r < 0.84) return `(?:${body})`;
    return chance(0.2) ? `(?<n${names++}>${body})` : `(${body})`;
  };
  const quantifier = () => pick(['*', '+', '?', '*', '+', '?', '{2}', '{0,2}', '{1,3}', '{2,}', '{0}', '{0,1}'])
    + (chance(0.3) ? '?' : '');
  const term = (depth) => {
    if (chance(0.1)) return pick(['^', '$', '\\b', '\\B']);
    return atom(depth) + (chance(0.4) ? quantifier() : '');
  };
  const alternative = (depth) => Array.from({ length: chance(0.1) ? 0 : 1 + below(3) }, () => term(depth)).join('');
  const disjunction = (depth) => Array.from({ length: chance(0.3) ? 2 + below(2) : 1 }, () => alternative(depth)).join('|');
  const pattern = disjunction(3) || '(?:)';
  // Out of the subset where the whole may match nothing.
  return unicode ? pattern.replaceAll('\\B', '\\b') : pattern;
}

const makeText = () => Array.from({ length: below(9) }, () => pick(chance(0.8) ? letters.slice(0, 7) : strange)).join('');
const makeFlags = () => [...'gimsuy'].filter((f) => chance({ i: 0.3, u: 0.4, y: 0.12 }[f] ?? 0.2)).join('');
const templates = ['[$&]', '$1-$2', '<$`|$\'>', '$$1', '$<n0>$<n9>', '$10$01$00', '$<', '$', '$3'];

const makeCase = () => {
  const flags = makeFlags();
  const pattern = makePattern(flags);
  const questions = [];
  for (let i = 0; i < 3; i++) {
    const text = makeText();
    questions.push(['x', text, chance(0.3) ? below(text.length + 2) : 0]);
    const r = random();
    if (r < 0.25) questions.push(['a', text]);
    else if (r < 0.4) questions.push(['r', text, pick(templates)]);
    else if (r < 0.55) questions.push(['s', text, chance(0.2) ? below(4) : -1]);
  }
  return [pattern, flags, questions];
};

const plain = (string) => (typeof string !== 'string' || string.isWellFormed()
  ? string : Array.from({ length: string.length }, (_, i) => string.charCodeAt(i)));

const spans = (match) => match.indices.flatMap((span) => span ?? [-1, -1]);

function answer(pattern, flags, [kind, text, argument]) {
  const regexp = new RegExp(pattern, flags.includes('d') ? flags : flags + 'd');
  switch (kind) {
    case 'x': {
      regexp.lastIndex = argument;
      const match = regexp.exec(text);
      return [kind, plain(text), argument, [regexp.lastIndex, ...(match === null ? [] : spans(match))]];
    }
    case 'a': {
      const all = new RegExp(pattern, regexp.flags.includes('g') ? regexp.flags : regexp.flags + 'g');
      return [kind, plain(text), [...text.matchAll(all)].flatMap((match) => match.indices[0])];
    }
    case 'r':
      return [kind, plain(text), argument, plain(text.replace(regexp, argument))];
    case 's':
      return [kind, plain(text), argument,
        text.split(regexp, argument === -1 ? undefined : argument).map((piece) => plain(piece ?? null))];
  }
}

// A start inside of a surrogate pair, where Node answers now one way, now the other.
const inside = (text, at) => /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));

function record([pattern, flags, questions]) {
  try {
    new RegExp(pattern, flags);
  } catch {
    return [plain(pattern), flags, null];
  }
  const told = questions.filter(([kind, text, at]) => !(kind === 'x' && flags.includes('u') && inside(text, at)));
  return [plain(pattern), flags, told.map((question) => answer(pattern, flags, question))];
}

const cases = [...written.map(questionsOf), ...Array.from({ length: count }, makeCase)].map(record);
const asked = cases.reduce((sum, [, , questions]) => sum + (questions?.length ?? 1), 0);
process.stderr.write(`seed ${seed}: ${cases.length} patterns, ${asked} questions\n`);
process.stdout.write(`{"node":"${process.version}","unicode":"${process.versions.unicode}","seed":${seed},\n`
  + `"tables":${JSON.stringify(tables())},\n`
  + `"cases":[\n${cases.map((c) => JSON.stringify(c)).join(',\n')}\n]}\n`);
