const data = { users: [{ name: 'a', tags: ['x', 'y'] }, { name: 'b', tags: [] }] };
const { users: [{ name, tags: [, tag2] }, { tags: [missing = 'none'] }] } = data;
console.log(`${name} ${tag2} ${missing}`);
const [[[deep]], { p: [{ q }] }] = [[['d']], { p: [{ q: 'q' }] }];
console.log(`${deep} ${q}`);
