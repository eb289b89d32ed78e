// args: [[5, 6]]
export async function main([x, y], { z } = { z: 7 }) {
  const sum = await Promise.resolve(x + y + z);
  return sum;
}
