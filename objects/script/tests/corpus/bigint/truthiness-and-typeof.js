console.log(`${0n ? 'T' : 'F'} ${-1n ? 'T' : 'F'} ${!0n} ${0n || 'or'} ${1n && 'and'} ${0n ?? 'nn'} ${typeof 1n}`);
