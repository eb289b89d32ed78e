// In an empty array there is nothing to find, and nobody asks from where on.
let asked = 0;
const from = { valueOf: () => { asked += 1; return 0; } };
console.log([].indexOf(1, from), [].includes(1, from), [].lastIndexOf(1, from), asked);
console.log([1].indexOf(1, from), [1].includes(1, from), [1].lastIndexOf(1, from), asked);

// A length is what can be made a number.
const list = [1, 2, 3, 4, 5];
list.length = '4';
console.log(list.length);
list.length = true;
console.log(list.length);
list.length = null;
console.log(list.length);
for (const length of ['x', -1, 1.5, undefined, NaN, '-1']) {
  try {
    list.length = length;
  } catch (error) {
    console.log(error.name, error.message);
  }
}
