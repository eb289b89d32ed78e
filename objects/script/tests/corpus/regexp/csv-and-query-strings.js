const parse = q => Object.fromEntries(q.split('&').map(p => p.split('=').map(decodeURIComponent)));
console.log(JSON.stringify(parse('a=1&b=x%20y&c=%C3%A9')));
const csv = line => [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].slice(0, -1).map(([, f, q]) => q ?? f);
console.log(csv('a,"b,c",,d').join('|'));
