// What calls functions of `Promise` (ECMA-262, 27.2.4 and 27.2.5.3), job by job as there.

export function promiseCatch(promise, onRejected) {
  return promise.then(undefined, onRejected);
}

export function promiseFinally(promise, onFinally) {
  if (!$isCallable(onFinally)) return promise.then(onFinally, onFinally);
  return promise.then(
    value => {
      const done = Promise.resolve(onFinally());
      return done.then(() => value);
    },
    reason => {
      const done = Promise.resolve(onFinally());
      return done.then(() => {
        throw reason;
      });
    },
  );
}

export function promiseAll(receiver, promises) {
  return new Promise((resolve, reject) => {
    const values = [];
    let waiting = 1;
    for (const promise of promises) {
      const at = values.length;
      values.push(undefined);
      waiting++;
      Promise.resolve(promise).then(value => {
        values[at] = value;
        if (--waiting === 0) resolve(values);
      }, reject);
    }
    if (--waiting === 0) resolve(values);
  });
}

export function promiseAllSettled(receiver, promises) {
  return new Promise(resolve => {
    const outcomes = [];
    let waiting = 1;
    for (const promise of promises) {
      const at = outcomes.length;
      outcomes.push(undefined);
      waiting++;
      Promise.resolve(promise).then(
        value => {
          outcomes[at] = { status: 'fulfilled', value };
          if (--waiting === 0) resolve(outcomes);
        },
        reason => {
          outcomes[at] = { status: 'rejected', reason };
          if (--waiting === 0) resolve(outcomes);
        },
      );
    }
    if (--waiting === 0) resolve(outcomes);
  });
}

export function promiseAny(receiver, promises) {
  return new Promise((resolve, reject) => {
    const reasons = [];
    let waiting = 1;
    const refuse = () => {
      if (--waiting === 0) reject(new AggregateError(reasons, 'All promises were rejected'));
    };
    for (const promise of promises) {
      const at = reasons.length;
      reasons.push(undefined);
      waiting++;
      Promise.resolve(promise).then(resolve, reason => {
        reasons[at] = reason;
        refuse();
      });
    }
    refuse();
  });
}

export function promiseRace(receiver, promises) {
  return new Promise((resolve, reject) => {
    for (const promise of promises) Promise.resolve(promise).then(resolve, reject);
  });
}
