const run = () => {
  const orders = Array.from({ length: 200 }, (_, i) => ({ id: i, name: `order ${i}`, lines: [i, i + 1], open: i % 2 === 0 }));
  let length = 0;
  for (let round = 0; round < 5; round += 1) {
    const text = JSON.stringify(orders);
    const back = JSON.parse(text);
    length += text.length + back[round].lines[1];
  }
  return length;
};
