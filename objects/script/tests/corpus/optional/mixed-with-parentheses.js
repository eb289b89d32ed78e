console.log(`${(null ?? 0) || 'x'} ${null ?? (0 || 'y')} ${(1 && null) ?? 'z'} ${!(null ?? false)}`);
