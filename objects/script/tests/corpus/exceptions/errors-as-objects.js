const e = new Error('m', { cause: 'c' });
console.log(`${Object.keys(e).length} ${JSON.stringify(e)} ${JSON.stringify({ e })}`);
console.log(`${'message' in e} ${Object.hasOwn(e, 'message')} ${Object.hasOwn(new Error(), 'message')}`);
console.log(`${typeof e} ${e === e} ${new Error('a') === new Error('a')}`);
