const clean = s => [...s.toLowerCase()].filter(c => c >= 'a' && c <= 'z').join('');
const pal = s => clean(s) === [...clean(s)].reverse().join('');
console.log(['A man, a plan, a canal: Panama', 'hello', '', 'Was it a car'].map(pal).join());
