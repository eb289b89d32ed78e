// Calls that jobs begin: so there is an instruction to be done again if an argument has to be made
// primitive first.

export function callWith(receiver, callee, values) {
  return callee(...values);
}

export function callMethod(receiver, target, name, values) {
  return target[name](...values);
}
