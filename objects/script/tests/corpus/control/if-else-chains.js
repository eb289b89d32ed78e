const kind = n => {
  if (n < 0) return 'neg';
  else if (n === 0) return 'zero';
  else if (n < 10) {
    return 'small';
  } else return 'big';
};
console.log([-5, 0, 5, 50].map(kind).join());
if (0) console.log('no');
else if ('') console.log('no');
else console.log('else');
if (1);
console.log('after empty statement');
