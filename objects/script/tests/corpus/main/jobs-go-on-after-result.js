export const main = async () => {
  const later = async () => {
    for (let i = 0; i < 3; i += 1) {
      await null;
      console.log(`later ${i}`);
    }
  };
  later();
  return 'result';
};
