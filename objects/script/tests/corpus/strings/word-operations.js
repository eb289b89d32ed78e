const text = 'the quick  brown fox';
console.log(text.split(' ').map(w => w.slice(0, 1).toUpperCase() + w.slice(1)).join(' '));
console.log(text.split(' ').filter(w => w).map(w => w.length).join());
const camel = s => s.split('-').map((w, i) => (i ? w[0].toUpperCase() + w.slice(1) : w)).join('');
console.log(camel('border-top-left-radius'));
const wrap = (s, n) => s.split(' ').reduce((ls, w) => {
  const last = ls[ls.length - 1];
  return last && last.length + 1 + w.length <= n ? [...ls.slice(0, -1), `${last} ${w}`] : [...ls, w];
}, []);
console.log(wrap('a bb ccc dddd eeeee ff g', 7).join('|'));
