console.log([5 % 3, -5 % 3, 5 % -3, 5.5 % 2, 1 % 0, Infinity % 2, 2 % Infinity, 0 % 5, 1e20 % 7, -1 % 1].join());
