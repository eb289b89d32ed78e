console.log(early());
function early() {
  return late();
}
function late() {
  return 'hoisted';
}
console.log(typeof early);
