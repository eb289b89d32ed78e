const e = new Error('first');
e.name = 'CustomError';
e.message = 'second';
console.log(`${e} ${e.name} ${e instanceof Error}`);
e.name = '';
console.log(String(e));
e.name = 'OnlyName';
e.message = '';
console.log(String(e));
