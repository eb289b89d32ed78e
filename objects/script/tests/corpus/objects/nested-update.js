const s = { user: { name: 'n', tags: ['a'] }, n: 1 };
const t = { ...s, user: { ...s.user, tags: [...s.user.tags, 'b'] } };
console.log(JSON.stringify(s));
console.log(JSON.stringify(t));
console.log(`${s.user === t.user} ${s.n === t.n}`);
