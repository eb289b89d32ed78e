const checkSequence = (steps, message) => {
  const ordered = steps.every((step, i) => step === i + 1);
  if (!ordered) test_fail(message, `steps in the order ${test_show(steps)}`);
  return true;
};
const checkSettledPromises = (settled, expected, message) => {
  assert_sameValue(settled.length, expected.length, message);
  settled.forEach((one, i) => {
    const name = one.status === 'fulfilled' ? 'value' : 'reason';
    assert_sameValue(one.status, expected[i].status, message);
    assert_sameValue(one[name], expected[i][name], message);
    assert_sameValue(Object.keys(one).join(), `status,${name}`, message);
  });
};
