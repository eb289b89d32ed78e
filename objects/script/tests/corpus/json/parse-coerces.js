console.log(`${JSON.parse(5)} ${JSON.parse(null)} ${JSON.parse(['1'])} ${JSON.parse({ toString: () => '[2]' }).length}`);
for (const v of [undefined, {}]) {
  try {
    JSON.parse(v);
  } catch (e) {
    console.log(e.name);
  }
}
