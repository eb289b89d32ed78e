const name = f => {
  try {
    return f();
  } catch (e) {
    return `${e.name} ${e instanceof URIError}`;
  }
};
for (const s of ['%', '%4', '%zz', '%C3', '%C3%41', '%80', '%ED%A0%80', '%F8%80%80%80%80', '%C0%80', '%F4%90%80%80']) {
  console.log(name(() => decodeURIComponent(s)));
}
console.log(name(() => encodeURIComponent('\ud800')));
console.log(name(() => encodeURIComponent('\udc00x')));
console.log(name(() => encodeURI('\ud83d\ude00')));
