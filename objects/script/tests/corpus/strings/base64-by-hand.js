const ABC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const encode = s => {
  let out = '';
  for (let i = 0; i < s.length; i += 3) {
    const n = (s.charCodeAt(i) << 16) | ((s.charCodeAt(i + 1) || 0) << 8) | (s.charCodeAt(i + 2) || 0);
    const c = k => ABC[(n >> k) & 63];
    out += c(18) + c(12) + (i + 1 < s.length ? c(6) : '=') + (i + 2 < s.length ? c(0) : '=');
  }
  return out;
};
console.log(['', 'f', 'fo', 'foo', 'foob', 'Many hands'].map(encode).join(' '));
