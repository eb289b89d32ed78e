const helper = () => 'helped';
const main = x => `${helper()} ${x}`;
export { main, helper as other };
