console.log([0xff, 0b1010, 0o17, 1_000_000, .5, 5., 1e3, 1E-3, 0xFF_FF, 0.1e2, 0XAB].join());
