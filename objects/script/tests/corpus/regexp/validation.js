const checks = {
  iso: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  hex: /^#(?:[0-9a-f]{3}){1,2}$/i,
  time: /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/,
};
console.log(['2024-02-30', '2024-13-01', '24-1-1'].map(s => checks.iso.test(s)).join());
console.log(['23:59', '24:00', '12:30:45', '1:00'].map(s => checks.time.test(s)).join());
console.log(['#fff', '#12AB9f', '#1234', 'fff'].map(s => checks.hex.test(s)).join());
