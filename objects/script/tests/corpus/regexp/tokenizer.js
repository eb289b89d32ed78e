const tokens = src => [...src.matchAll(/\s*(?:(\d+(?:\.\d+)?)|([a-z_]\w*)|([-+*\/()=]))/gi)].map(([, n, id, op]) => (n ? `num ${n}` : id ? `id ${id}` : `op ${op}`));
console.log(tokens('x1 = 3.14 * (y_2 + 10)').join(', '));
