const log = [];
outer: for (let i = 0; i < 3; i += 1) {
  try {
    for (const x of 'abc') {
      try {
        if (x === 'b') continue outer;
        if (i === 2) break outer;
        log.push(`${i}${x}`);
      } finally {
        log.push('f1');
      }
    }
  } finally {
    log.push('f2');
  }
}
console.log(log.join(' '));
