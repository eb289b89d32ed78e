console.log('body begins');
const fail = () => {
  throw new Error('body fails');
};
fail();
console.log('not reached');
export const main = () => 'never';
