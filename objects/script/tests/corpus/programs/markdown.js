// A small part of Markdown to text with marks.
const inline = s =>
  s
    .replace(/\*\*([^*]+)\*\*/g, (_, t) => t.toUpperCase())
    .replace(/\*([^*]+)\*/g, '/$1/')
    .replace(/`([^`]+)`/g, '<$1>')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)');

const render = text => {
  const out = [];
  let list = null;
  let code = null;
  const flush = () => {
    if (list) {
      list.items.forEach((t, i) => out.push(`  ${list.ordered ? `${i + 1}.` : '-'} ${t}`));
      list = null;
    }
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      if (code) {
        out.push(...code.map(l => `    | ${l}`));
        code = null;
      } else {
        flush();
        code = [];
      }
      continue;
    }
    if (code) {
      code.push(line);
      continue;
    }
    const heading = /^(#{1,3}) (.*)$/.exec(line);
    const item = /^(?:([-*])|\d+\.) (.*)$/.exec(line);
    if (heading) {
      flush();
      const [, marks, title] = heading;
      const t = inline(title);
      out.push(t, '=-~'[marks.length - 1].repeat(t.length));
    } else if (item) {
      const ordered = item[1] === undefined;
      if (list && list.ordered !== ordered) flush();
      list ??= { ordered, items: [] };
      list.items.push(inline(item[2]));
    } else if (line.startsWith('> ')) {
      flush();
      out.push(`  " ${inline(line.slice(2))}`);
    } else {
      flush();
      out.push(inline(line));
    }
  }
  flush();
  return out.join('\n');
};

console.log(
  render(`# A *title*
Some **bold** text with \`code\` and [a link](http://x.y).
## Lists
- one
- two **2**
1. first
2. second
> quoted *text*
### Code
\`\`\`
let x = **not bold**;
\`\`\`
end`),
);
