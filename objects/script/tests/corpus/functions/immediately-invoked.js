const v = (() => 'arrow')();
const w = (function () {
  return 'function';
})();
console.log(`${v} ${w}`);
console.log((n => n * 2)(21) + '');
