// args: [2, 3]
export function main(a, b = 10, ...rest) {
  return [a, b, rest.length];
}
