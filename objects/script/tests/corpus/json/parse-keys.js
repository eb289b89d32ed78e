const o = JSON.parse('{"b":1,"a":2,"2":3,"1":4,"b":5}');
console.log(Object.keys(o).join() + o.b);
console.log(JSON.stringify(JSON.parse('{"":1," ":2,"\\u0000":3}')));
