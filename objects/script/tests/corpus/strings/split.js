console.log(JSON.stringify(['a,b,c'.split(','), 'abc'.split(''), 'abc'.split(), ''.split(''), ''.split(','), ',a,'.split(','), 'a--b'.split('--')]));
console.log(JSON.stringify(['a,b,c'.split(',', 2), 'abc'.split('', 2), 'a,b'.split(',', 0), 'a1b'.split(1), 'aXbxc'.split('x'), '😀'.split('')]));
console.log(JSON.stringify(['a,b,c'.split(',', -1), 'undefined'.split(undefined), 'anullb'.split(null)]));
