const slug = s => s.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
console.log([slug('Hello, World!'), slug('  Crème Brûlée  '), slug('a--b')].join(' '));
const fill = (t, v) => t.replace(/\{(\w+)\}/g, (m, k) => v[k] ?? m);
console.log(fill('{greet}, {name}! {unknown}', { greet: 'Hi', name: 'Ann' }));
const plural = (n, w) => `${n} ${w.replace(/y$/, n === 1 ? 'y' : 'ie')}${n === 1 ? '' : 's'}`;
console.log([plural(1, 'berry'), plural(2, 'berry'), plural(3, 'cat')].join(', '));
console.log('1234567.89'.replace(/\d{1,3}/g, g => `[${g}]`));
