const s = '"\\ud83d\\ude00 \\ud800 \u2028é"';
const v = JSON.parse(s);
console.log(`${v.length} ${v.codePointAt(0)} ${v.charCodeAt(3)}`);
console.log(JSON.stringify(v));
console.log(JSON.stringify({ 'k\ud800': 1 }));
