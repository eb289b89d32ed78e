const seen = [];
for (let i = 0; i < 3; seen.push(() => i), i += 1) {
  // The update works on the next iteration's copy.
}
console.log(seen.map(f => f()).join(' '));
