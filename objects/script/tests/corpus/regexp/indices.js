const m = /b(?<n>c)?/d.exec('abc');
console.log(JSON.stringify(m.indices));
console.log(JSON.stringify(m.indices.groups.n));
