const parse = text => {
  const parts = text.split(/(\{\{[^}]*\}\})/);
  let i = 0;
  const block = until => {
    const out = [];
    for (; i < parts.length; i += 1) {
      const p = parts[i];
      if (!p.startsWith('{{')) {
        if (p) out.push({ kind: 'text', text: p });
        continue;
      }
      const [word, ...rest] = p.slice(2, -2).trim().split(/\s+/);
      if (word === '/' + until) return out;
      if (word === '#each' || word === '#if') {
        const kind = word.slice(1);
        i += 1;
        out.push({ kind, path: rest[0], body: block(kind) });
      } else if (word.startsWith('/')) {
        throw new SyntaxError(`unexpected ${word}`);
      } else {
        const [path, ...filters] = [word, ...rest].join(' ').split('|').map(s => s.trim());
        out.push({ kind: 'value', path, filters });
      }
    }
    if (until) throw new SyntaxError(`unended ${until}`);
    return out;
  };
  return block('');
};
const FILTERS = {
  upper: s => s.toUpperCase(),
  money: n => Number(n).toFixed(2),
  escape: s => String(s).replace(/[<>&"]/g, c => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[c]),
};
const lookup = (scopes, path) => {
  const [first, ...rest] = path.split('.');
  const scope = scopes.findLast(s => typeof s === 'object' && s !== null && Object.hasOwn(s, first));
  return rest.reduce((v, k) => v?.[k], scope?.[first]);
};
const render = (nodes, scopes) =>
  nodes
    .map(n => {
      switch (n.kind) {
        case 'text':
          return n.text;
        case 'value':
          return n.filters.reduce((v, f) => {
            if (!FILTERS[f]) throw new ReferenceError(`no filter ${f}`);
            return FILTERS[f](v);
          }, lookup(scopes, n.path) ?? '');
        case 'if':
          return lookup(scopes, n.path) ? render(n.body, scopes) : '';
        case 'each':
          return (lookup(scopes, n.path) ?? []).map((item, index) => render(n.body, [...scopes, { item, index, first: index === 0 }, item])).join('');
        default:
          throw new Error(n.kind);
      }
    })
    .join('');
const data = { title: 'order', who: { name: '<Ann>' }, lines: [{ what: 'tea', price: 2 }, { what: 'mug', price: 7.5, gift: true }], none: [] };
const run = t => {
  try {
    return String(render(parse(t), [data]));
  } catch (e) {
    return `${e.name}: ${e.message}`;
  }
};
console.log(run('{{ title | upper }} for {{who.name | escape}}{{missing.deep}}'));
console.log(run('{{#each lines}}{{#if first}}* {{/if}}{{index}}:{{what}} {{price | money}}{{#if gift}} (gift for {{who.name}}){{/if}};{{/each}}'));
console.log(run('[{{#each none}}x{{/each}}{{#each nothing}}x{{/each}}]'));
console.log(run('{{#if title}}open'));
console.log(run('{{/each}}'));
console.log(run('{{title | nope}}'));
