const m = /(?<year>\d{4})-(?<month>\d\d)/.exec('on 2024-05 or so');
console.log(`${m.groups.year} ${m.groups.month} ${m[1]} ${m.index}`);
const { groups: { year } } = m;
console.log(year);
console.log(Object.keys(m.groups).join());
console.log('2024-05'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y>'));
console.log(String(/(x)/.exec('x').groups) + String(/(?<a>x)|(?<b>y)/.exec('y').groups.a));
