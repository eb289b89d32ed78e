// Arithmetic of the Gregorian calendar on numbers of days.
const daysFromCivil = (y, m, d) => {
  const yy = m <= 2 ? y - 1 : y;
  const era = Math.floor(yy / 400);
  const yoe = yy - era * 400;
  const doy = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
};
const civilFromDays = z => {
  const zz = z + 719468;
  const era = Math.floor(zz / 146097);
  const doe = zz - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const d = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const m = mp + (mp < 10 ? 3 : -9);
  return [yoe + era * 400 + (m <= 2 ? 1 : 0), m, d];
};
const isLeap = y => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
const weekday = z => ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'][((z % 7) + 7) % 7];
const two = n => String(n).padStart(2, '0');
const format = ([y, m, d]) => `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`;
const parse = s => {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(s);
  if (!m) throw new SyntaxError(`no date: ${s}`);
  const [y, mo, d] = m.slice(1).map(Number);
  const z = daysFromCivil(y, mo, d);
  if (format(civilFromDays(z)) !== s) throw new RangeError(`no such day: ${s}`);
  return z;
};
for (const s of ['1970-01-01', '2000-02-29', '1999-12-31', '2024-03-01', '1600-01-01']) {
  const z = parse(s);
  console.log(`${s} ${z} ${weekday(z)} ${format(civilFromDays(z + 100))} ${format(civilFromDays(z - 1))}`);
}
console.log(`${parse('2024-12-25') - parse('2024-02-10')} days`);
for (const s of ['2023-02-29', '2024-13-01', 'yesterday', '2024-4-1']) {
  try {
    parse(s);
  } catch (e) {
    console.log(`${e.name}: ${e.message}`);
  }
}
console.log([1900, 2000, 2023, 2024].map(isLeap).join());
const month = (y, m) => {
  const first = daysFromCivil(y, m, 1);
  const next = m === 12 ? daysFromCivil(y + 1, 1, 1) : daysFromCivil(y, m + 1, 1);
  const pad = (((first + 3) % 7) + 7) % 7;
  const cells = [...Array.from({ length: pad }, () => '  '), ...Array.from({ length: next - first }, (_, i) => String(i + 1).padStart(2))];
  const rows = ['Mo Tu We Th Fr Sa Su'];
  for (let i = 0; i < cells.length; i += 7) rows.push(cells.slice(i, i + 7).join(' '));
  return rows.join('\n');
};
console.log(month(2024, 2));
let bad = 0;
for (let z = -1000; z < 1000; z += 1) if (daysFromCivil(...civilFromDays(z)) !== z) bad += 1;
console.log(`${bad} wrong`);
