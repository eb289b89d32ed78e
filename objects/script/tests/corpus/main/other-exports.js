export const helper = n => n * 2;
export function other() {
  return 'other';
}
const secret = 21;
export const main = () => {
  console.log(other());
  return helper(secret);
};
export default helper;
