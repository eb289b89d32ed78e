// Gathers news of several sources and sends one letter a day, grouped by source.

export const main = async ({ sources, clock, mail }, { to, days, period }) => {
  let news = new Map();
  for (const [name, source] of Object.entries(sources)) {
    await E(source).subscribe(Far('reader', {
      item: (title) => {
        const items = news.get(name) ?? [];
        news.set(name, [...items, title]);
      },
    }));
  }
  let sent = 0;
  for (let day = 1; day <= days; day += 1) {
    await E(clock).after(period);
    if (news.size === 0) continue;
    const gathered = [...news].sort(([a], [b]) => (a < b ? -1 : 1));
    news = new Map();
    const text = gathered
      .map(([name, items]) => `${name}\n${items.map((item) => `  * ${item}`).join('\n')}`)
      .join('\n\n');
    await E(mail).send(to, `News of day ${day}`, text);
    sent += 1;
  }
  return sent;
};
