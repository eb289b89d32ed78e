console.log([Math.floor('4.7'), Math.floor(null), Math.floor(undefined), Math.floor([]), Math.floor({}), Math.floor({ valueOf: () => 9.9 }), Math.floor(true)].join());
for (const bad of [1n]) {
  try {
    Math.floor(bad);
  } catch (e) {
    console.log(e.name);
  }
}
