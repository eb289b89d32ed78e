const run = () => {
  const points = [];
  for (let i = 0; i < 2000; i += 1) points.push({ x: i, y: i * 2, z: { weight: i % 7 } });
  let total = 0;
  for (let round = 0; round < 10; round += 1) {
    for (const point of points) {
      point.x += 1;
      total += point.x * point.z.weight - point.y;
    }
  }
  return total;
};
