const trace = [];
const a = n => {
  try {
    trace.push(`in ${n}`);
    if (n === 0) throw new Error('bottom');
    return a(n - 1);
  } finally {
    trace.push(`out ${n}`);
  }
};
try {
  a(3);
} catch (e) {
  trace.push(e.message);
}
console.log(trace.join(', '));
