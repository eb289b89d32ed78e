const Test262Error = (message = '') => {
  const error = new Error(message);
  error.name = 'Test262Error';
  return error;
};
const test_show = value => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `[${value.map(test_show).join()}]`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
};
const test_fail = (message, why) => {
  throw Test262Error(message === undefined ? why : `${message}: ${why}`);
};
const assert = (value, message) => {
  if (value !== true) test_fail(message, `expected true, found ${test_show(value)}`);
};
const assert_sameValue = (actual, expected, message) => {
  if (!Object.is(actual, expected)) {
    test_fail(message, `expected ${test_show(expected)}, found ${test_show(actual)}`);
  }
};
const assert_notSameValue = (actual, other, message) => {
  if (Object.is(actual, other)) test_fail(message, `expected another than ${test_show(actual)}`);
};
const assert_compareArray = (actual, expected, message) => {
  if (actual.length !== expected.length || !actual.every((x, i) => Object.is(x, expected[i]))) {
    test_fail(message, `expected ${test_show(expected)}, found ${test_show(actual)}`);
  }
};
const assert_throws = (name, call, message) => {
  try {
    call();
  } catch (error) {
    if (error?.name !== name) test_fail(message, `expected a ${name}, found ${error?.name}`);
    return;
  }
  test_fail(message, `expected a ${name}, but nothing was thrown`);
};
const assert_throwsAsync = async (name, call, message) => {
  try {
    await call();
  } catch (error) {
    if (error?.name !== name) test_fail(message, `expected a ${name}, found ${error?.name}`);
    return;
  }
  test_fail(message, `expected a ${name}, but nothing was thrown`);
};
const test_done = error => {
  console.log(error ? `Test262:AsyncTestFailure:${error?.name}: ${error?.message}` : 'Test262:AsyncTestComplete');
};
const asyncTest = call => {
  call().then(() => test_done(), error => test_done(error ?? 'rejected'));
};
