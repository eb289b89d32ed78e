const n = 3;
console.log(`a${n}b${n + 1}c`);
console.log(`${n}`);
console.log(``.length + '');
console.log(`${'nested ' + `in ${`deep ${n}`}`}`);
