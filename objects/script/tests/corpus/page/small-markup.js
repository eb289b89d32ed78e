// args: ["# A *title*\n\nSome **bold** and `code <b>` text\nwith a [link](https://example.org/?a=1&b=2).\n\n- one\n- two\n\nEnd"]
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text) => text.replace(/[&<>"]/g, (char) => escapes[char]);
const inline = (text) =>
  escape(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/\*(.+?)\*/g, (_, inner) => `<em>${inner}</em>`)
    .replace(/\[(?<label>[^\]]*)\]\((?<url>[^)]*)\)/g, '<a href="$<url>">$<label></a>');

const block = (text) => {
  const heading = /^(#{1,6}) +(.*)$/.exec(text);
  if (heading) {
    const [, { length: level }, rest] = heading;
    return `<h${level}>${inline(rest)}</h${level}>`;
  }
  const lines = text.split('\n');
  if (lines.every((line) => line.startsWith('- '))) {
    return ['<ul>', ...lines.map((line) => `<li>${inline(line.slice(2))}</li>`), '</ul>'].join('\n');
  }
  return `<p>${inline(lines.join(' '))}</p>`;
};

export const main = async (text) => {
  const html = text.trim().split(/\n{2,}/).map(block);
  html.forEach((it) => console.log(it));
  return html.length;
};
