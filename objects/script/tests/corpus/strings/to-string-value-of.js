console.log('x'.toString() + 'y'.valueOf() + String('z') + `${typeof 'x'.valueOf()}`);
console.log([String(), String(undefined), String(null), String(-0), String([1, [2]]), String({}), String(1n), String(true)].join('|'));
