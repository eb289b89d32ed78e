const a = () => {
  try {
    return 'try';
  } finally {
    return 'finally';
  }
};
const b = () => {
  try {
    throw new Error('lost');
  } finally {
    return 'finally wins';
  }
};
const c = () => {
  try {
    return 'lost';
  } finally {
    throw new Error('from finally');
  }
};
console.log(`${a()} ${b()}`);
try {
  c();
} catch (e) {
  console.log(e.message);
}
