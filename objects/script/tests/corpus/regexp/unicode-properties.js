console.log([/^\p{L}+$/u.test('aéλ'), /\p{Lu}/u.test('a'), /\p{Script=Greek}/u.test('λ'), /\P{N}/u.test('5'), /^[\p{L}\p{N}_]+$/u.test('x1_é')].join());
