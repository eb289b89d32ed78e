const caesar = (s, k) =>
  [...s]
    .map(c => {
      const n = c.charCodeAt(0);
      if (n >= 97 && n <= 122) return String.fromCharCode(((n - 97 + k) % 26) + 97);
      return c;
    })
    .join('');
const secret = caesar('hello, world', 3);
console.log(`${secret} ${caesar(secret, 23)}`);
