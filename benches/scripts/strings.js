const run = () => {
  let text = '';
  for (let i = 0; i < 3000; i += 1) text += `${i},`;
  const words = text.split(',').filter((word) => word.includes('7'));
  return words.map((word) => word.padStart(6, '0').toUpperCase()).join('-').length;
};
