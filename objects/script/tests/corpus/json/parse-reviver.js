const log = [];
const v = JSON.parse('{"a":1,"b":[2,{"c":3}],"d":null}', (k, val) => {
  log.push(k === '' ? '(root)' : k);
  return typeof val === 'number' ? val + 1 : val;
});
console.log(JSON.stringify(v));
console.log(log.join());
