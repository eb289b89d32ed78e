const out = [];
function shape() {
  return 'round';
}
{
  function shape() {
    return 'square';
  }
  out.push(shape());
}
out.push(shape());
console.log(out.join(' '));
