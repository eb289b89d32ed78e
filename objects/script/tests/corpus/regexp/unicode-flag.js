console.log([/^.$/.test('😀'), /^.$/u.test('😀'), /\u{61}/u.test('a'), /^[😀]$/u.test('😀'), /😀{2}/u.test('😀😀'), /^\S$/u.test('😀')].join());
console.log(`${/\u{1F600}/u.exec('x😀').index} ${'😀😀'.match(/./gu).length} ${'😀😀'.match(/./g).length} ${/\ud83d/.test('😀')} ${/\ud83d/u.test('😀')}`);
