const f = flag => {
  if (flag) {
    return inner();
    function inner() {
      return 'block';
    }
  }
  function inner() {
    return 'function';
  }
  return inner();
};
console.log(f(true));
console.log(f(false));
