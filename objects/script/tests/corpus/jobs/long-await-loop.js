let sum = 0;
for (let i = 0; i < 500; i += 1) sum += await i;
console.log(`${sum}`);
