console.log(`${undefined} ${null} ${true} ${1.50} ${-0} ${1e21} ${NaN} ${10n} ${[1, [2, 3]]} ${{}}`);
