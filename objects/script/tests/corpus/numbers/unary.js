console.log([+'3', -'3', +true, +null, +undefined, +[], +{}, -'', +'\n', - -1, +-1, !'' + !0].join());
let s = '5';
s++;
console.log(`${s} ${typeof s}`);
let u;
u++;
console.log(`${u}`);
