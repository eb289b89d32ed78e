const makeAccount = start => {
  let n = start;
  return Far('account', {
    deposit: k => (n += k),
    balance: () => n,
  });
};
export const main = async () => {
  const account = makeAccount(10);
  const results = await Promise.all([E(account).deposit(5), E(account).deposit(1), E(account).balance()]);
  console.log(results.join());
  return E(account).balance();
};
