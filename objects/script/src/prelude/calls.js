// Calls that the machine makes where it has no instruction of a script to do them: a job's.

export function callWith(receiver, callee, list) {
  return callee(...list);
}

export function callMethod(receiver, target, name, list) {
  return target[name](...list);
}
