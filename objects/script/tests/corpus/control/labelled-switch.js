const f = v => {
  const out = [];
  loop: for (const x of [1, 2, 3, 4]) {
    sw: switch (x) {
      case 2:
        if (v) continue loop;
        break sw;
      case 3:
        break loop;
    }
    out.push(x);
  }
  return out.join();
};
console.log(`${f(true)} ${f(false)}`);
