let n = 1;
const f = () => {
  try {
    return n;
  } finally {
    n = 2;
  }
};
console.log(`${f()} ${n}`);
const g = () => {
  const o = { v: 1 };
  try {
    return o;
  } finally {
    o.v = 2;
  }
};
console.log(`${g().v}`);
