console.log(`${(5).valueOf()} ${5..toString()} ${5.5.toFixed(0)} ${1e3.toString()} ${(0.1).toString().length} ${(12).toString().padStart(5, '0')}`);
