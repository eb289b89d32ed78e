for (let [i, j] = [0, 10]; i < j; [i, j] = [i + 3, j - 3]) console.log(`${i} ${j}`);
for (let { n } = { n: 0 }; n < 2; n += 1) console.log(`${n}`);
