// What Node knows of characters: which have a property, and which are the same regardless of case.

const categories = `C Cc Cf Cn Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z
Zl Zp Zs Other Letter Mark Number Punctuation Symbol Separator Cased_Letter Surrogate Unassigned digit punct
General_Category=Lu gc=Decimal_Number gc=Cs gc=Other gc=Cn`;

const binary = `ASCII ASCII_Hex_Digit AHex Alphabetic Alpha Any Assigned Bidi_Control Bidi_C Bidi_Mirrored Bidi_M
Case_Ignorable CI Cased Changes_When_Casefolded CWCF Changes_When_Casemapped CWCM Changes_When_Lowercased CWL
Changes_When_Titlecased CWT Changes_When_Uppercased CWU Dash
Default_Ignorable_Code_Point DI Deprecated Dep Emoji Emoji_Component EComp Emoji_Modifier EMod
Emoji_Modifier_Base EBase Emoji_Presentation EPres Extender Ext Grapheme_Base Gr_Base
Grapheme_Extend Gr_Ext Hex_Digit Hex IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST ID_Continue IDC ID_Start IDS
Ideographic Ideo Join_Control Join_C Logical_Order_Exception LOE Lowercase Lower Math Noncharacter_Code_Point NChar
Pattern_Syntax Pat_Syn Pattern_White_Space Pat_WS Quotation_Mark QMark Radical Regional_Indicator RI
Sentence_Terminal STerm Soft_Dotted SD Terminal_Punctuation Term Unified_Ideograph UIdeo Uppercase Upper
Variation_Selector VS White_Space space XID_Continue XIDC XID_Start XIDS`;

const scripts = `Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali
Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee
Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan
Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi
Gurmukhi Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inherited
Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi
Khitan_Small_Script Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani
Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive
Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko
Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian
Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa
Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sogdian
Sora_Sompeng Soyombo Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa
Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi
Zanabazar_Square`;

const words = (text) => text.split(/\s+/);

export const names = [
  ...words(categories), ...words(binary),
  ...words(scripts).map((script) => `Script=${script}`),
];

// Characters that Unicode has got, or changed, after 16.0: first, last, first, last, …
export const newer = [
0x295, 0x295, 0x88f, 0x88f, 0xc5c, 0xc5c, 0xcdc, 0xcdc, 0x1acf, 0x1add, 0x1ae0, 0x1aeb, 0x20c1,
0x20c1, 0x2b96, 0x2b96, 0xa7ce, 0xa7cf, 0xa7d2, 0xa7d5, 0xa7f1, 0xa7f1, 0xfbc3, 0xfbd2, 0xfd90,
0xfd91, 0xfdc8, 0xfdce, 0x10940, 0x10959, 0x10ec5, 0x10ec7, 0x10ed0, 0x10ed8, 0x10efa, 0x10efb,
0x11b60, 0x11b67, 0x11db0, 0x11ddb, 0x11de0, 0x11de9, 0x16ea0, 0x16eb8, 0x16ebb, 0x16ed3, 0x16ff2,
0x16ff6, 0x187f8, 0x187ff, 0x18d09, 0x18d1e, 0x18d80, 0x18df2, 0x1ccfa, 0x1ccfc, 0x1ceba, 0x1ced0,
0x1cee0, 0x1cef0, 0x1e6c0, 0x1e6de, 0x1e6e0, 0x1e6f5, 0x1e6fe, 0x1e6ff, 0x1f6d8, 0x1f6d8, 0x1f777,
0x1f77a, 0x1f8d0, 0x1f8d8, 0x1fa54, 0x1fa57, 0x1fa8a, 0x1fa8a, 0x1fa8e, 0x1fa8e, 0x1fac8, 0x1fac8,
0x1facd, 0x1facd, 0x1faea, 0x1faea, 0x1faef, 0x1faef, 0x1fbfa, 0x1fbfa, 0x2b73a, 0x2b73f, 0x2cea2,
0x2cead, 0x323b0, 0x33479,
];

let everything = null;

// The code points that have a property, as [first, last, first, last, …].
export function membership(name) {
  everything ??= Array.from({ length: 0x1100 }, (_, page) => (page >= 0xd8 && page < 0xe0 ? ''
    : String.fromCodePoint(...Array.from({ length: 0x100 }, (_, i) => page * 0x100 + i)))).join('');
  const ranges = [];
  const add = (first, last) => {
    if (ranges.length > 0 && ranges[ranges.length - 1] + 1 === first) ranges[ranges.length - 1] = last;
    else ranges.push(first, last);
  };
  const runs = [...everything.matchAll(new RegExp(`\\p{${name}}+`, 'gu'))].map(([run]) => {
    const points = [...run];
    return [points[0].codePointAt(0), points[points.length - 1].codePointAt(0)];
  });
  const one = new RegExp(`^\\p{${name}}$`, 'u');
  const surrogates = Array.from({ length: 0x800 }, (_, i) => 0xd800 + i).filter((c) => one.test(String.fromCharCode(c)));
  // A run is not cut where the surrogates would be.
  const cut = runs.flatMap(([first, last]) => (first < 0xd800 && last >= 0xe000
    ? [[first, 0xd7ff], [0xe000, last]] : [[first, last]]));
  for (const [first, last] of [...cut, ...surrogates.map((c) => [c, c])].sort((a, b) => a[0] - b[0])) add(first, last);
  return ranges;
}

// Of the characters that are the same as another regardless of case, all groups: [c, c, …].
export function partners(unicode) {
  const last = unicode ? 0x1ffff : 0xffff;
  const flags = unicode ? 'iu' : 'i';
  const candidates = [];
  // Whatever changes in any way when its case does, or is what another changes to.
  for (let c = 0; c <= last; c++) {
    if (c >= 0xd800 && c < 0xe000) continue;
    const s = String.fromCodePoint(c);
    const all = [s.toUpperCase(), s.toLowerCase(), s.toUpperCase().toLowerCase(), s.toLowerCase().toUpperCase()];
    if (all.some((other) => other !== s)) candidates.push(s, ...all.filter((other) => [...other].length === 1));
  }
  const list = [...new Set(candidates)].sort((a, b) => a.codePointAt(0) - b.codePointAt(0));
  const text = list.join('');
  const groups = new Set();
  for (const s of list) {
    const found = text.match(new RegExp(s, flags + 'g')) ?? [];
    if (found.length > 1) groups.add(found.map((c) => c.codePointAt(0)).join(' '));
  }
  return [...groups].map((group) => group.split(' ').map(Number));
}

// FNV-1a over the numbers, 32 bits.
export const hash = (numbers) => numbers.reduce((h, n) => {
  for (let shift = 0; shift < 24; shift += 8) h = Math.imul(h ^ ((n >> shift) & 0xff), 0x01000193) >>> 0;
  return h;
}, 0x811c9dc5);

// The ranges, with all of `newer`.
function withNewer(ranges) {
  const pairs = (list) => Array.from({ length: list.length / 2 }, (_, i) => [list[2 * i], list[2 * i + 1]]);
  const joined = [];
  for (const [first, last] of [...pairs(ranges), ...pairs(newer)].sort((a, b) => a[0] - b[0])) {
    const end = joined.length - 1;
    if (joined.length > 0 && first <= joined[end] + 1) joined[end] = Math.max(joined[end], last);
    else joined.push(first, last);
  }
  return joined;
}

// The groups, each after its length, without those that have one of `newer`.
function withoutNewer(groups) {
  const isNewer = (c) => newer.some((first, i) => i % 2 === 0 && first <= c && c <= newer[i + 1]);
  const kept = groups.filter((group) => !group.some(isNewer)).sort((a, b) => a[0] - b[0]);
  return [kept.length, hash(kept.flatMap((group) => [group.length, ...group]))];
}

export const tables = () => ({
  newer,
  properties: names.map((name) => [name, hash(withNewer(membership(name)))]),
  sameUpperCase: withoutNewer(partners(false)),
  sameFolding: withoutNewer(partners(true)),
});
