const f = () => {
  try {
    try {
      return 'inner try';
    } finally {
      console.log('inner finally');
    }
  } finally {
    console.log('outer finally');
  }
};
console.log(f());
const g = () => {
  try {
    try {
      return 1;
    } finally {
      return 2;
    }
  } finally {
    console.log('passing');
  }
};
console.log(`${g()}`);
