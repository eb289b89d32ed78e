const decimalToHexString = number => number.toString(16).toUpperCase().padStart(4, '0');
const decimalToPercentHexString = number =>
  `%${number.toString(16).toUpperCase().padStart(2, '0')}`;
