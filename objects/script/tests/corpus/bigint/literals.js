console.log(`${0n} ${-0n} ${0xffn} ${0b101n} ${0o17n} ${1_000_000n} ${0xFFFF_FFFF_FFFF_FFFF_FFFFn}`);
