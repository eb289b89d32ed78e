console.log(encodeURIComponent("aZ09-_.!~*'() é€😀;/?:@&=+$,#[]"));
console.log([encodeURIComponent(null), encodeURIComponent(undefined), encodeURIComponent(1.5), encodeURIComponent([1, 2]), encodeURIComponent('')].join('|'));
