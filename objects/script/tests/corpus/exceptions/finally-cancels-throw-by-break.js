const f = () => {
  while (true) {
    try {
      throw new Error('gone');
    } finally {
      break;
    }
  }
  return 'survived';
};
console.log(f());
const g = () => {
  here: try {
    throw 1;
  } finally {
    break here;
  }
  return 'labelled';
};
console.log(g());
