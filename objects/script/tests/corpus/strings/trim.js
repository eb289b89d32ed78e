const s = ' \t\n\u00a0\ufeff\u2028x y\u3000\v\f\r ';
console.log(JSON.stringify([s.trim(), s.trimStart().length, s.trimEnd().length, '\u200bx'.trim().length, '\u180ex'.trim().length]));
