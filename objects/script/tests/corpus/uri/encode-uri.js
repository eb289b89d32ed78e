console.log(encodeURI("http://x.y/a b?q=é&r=%20#f[]{}|\\^`\"<>"));
console.log(encodeURI(";/?:@&=+$,#-_.!~*'()"));
