console.log(/(a)*/.exec('aaa').map(String).join('|'));
console.log(/(?:(\d)-)+/.exec('1-2-3-').map(String).join('|'));
console.log(/(x)?y/.exec('y').map(String).join('|'));
console.log(/((a)(b)?)+?c/.exec('abac').length + '');
