console.log(JSON.stringify(new Error().message));
console.log(JSON.stringify(new Error(undefined).message));
console.log(JSON.stringify(new Error(null).message));
console.log(JSON.stringify(new Error(42).message));
console.log(JSON.stringify(new Error({ toString: () => 'own' }).message));
console.log(`${new Error()} ${new Error('')} ${new TypeError()}`);
