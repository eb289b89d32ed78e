let n = 3;
while (n) n -= 1;
console.log(`${n}`);
do n += 2;
while (n < 5);
console.log(`${n}`);
do {
  n = -1;
  if (n < 0) continue;
  n = 100;
} while (n > 0);
console.log(`${n}`);
while (false) n = 'never';
console.log(`${n}`);
