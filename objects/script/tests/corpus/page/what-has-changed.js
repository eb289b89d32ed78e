// args: [{"a":1,"gone":null,"list":[1,2,{"x":true}],"same":{"deep":[0]}},{"a":"1","list":[1,3,{"x":true,"y":0}],"new":[],"same":{"deep":[0]}}]
const kind = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const compare = (before, after, path, report) => {
  const [a, b] = [kind(before), kind(after)];
  if (a !== b) return report(path, before, after);
  if (a !== 'object' && a !== 'array') {
    return Object.is(before, after) ? undefined : report(path, before, after);
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of names) {
    const inner = a === 'array' ? `${path}[${name}]` : `${path}.${name}`;
    if (!(name in after)) report(inner, before[name], undefined);
    else if (!Object.hasOwn(before, name)) report(inner, undefined, after[name]);
    else compare(before[name], after[name], inner, report);
  }
};

export const main = async (before, after) => {
  const changes = [];
  compare(before, after, '$', (path, ...values) => {
    changes.push(path);
    console.log(`${path}: ${values.map((it) => JSON.stringify(it) ?? 'nothing').join(' -> ')}`);
  });
  return changes;
};
