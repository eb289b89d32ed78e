const a = ['zero', 'one', 'two'];
console.log([a['1'], a[1.0], a['01'], a[1.5], a[true], a['length'], a[-0]].map(String).join());
a['1'] = 'uno';
console.log(a.join());
