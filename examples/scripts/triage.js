// Sorts letters to a help desk: what they are about, how urgent they are, who gets them.

const RULES = harden([
  { about: 'money', match: /\b(?:invoice|refund|charged?|pay(?:ment)?s?)\b/i, weight: 2 },
  { about: 'login', match: /\b(?:password|log ?in|locked out|two-factor)\b/i, weight: 1 },
  { about: 'outage', match: /\b(?:down|outage|(?:5\d\d) errors?|unreachable)\b/i, weight: 5 },
]);

const urgency = (text) => {
  const shouts = (text.match(/!/g) ?? []).length;
  const capitals = (text.match(/\b[A-Z]{4,}\b/g) ?? []).length;
  return Math.min(3, shouts) + Math.min(2, capitals) + (/\b(?:urgent|asap|immediately)\b/i.test(text) ? 3 : 0);
};

const orders = (text) => [...text.matchAll(/\border[ #]*(?<year>\d{4})-(?<number>\d+)/gi)]
  .map(({ groups: { year, number } }) => `${year}/${number.padStart(5, '0')}`);

export const main = async ({ desks }, letters) => {
  const sorted = letters.map((letter, index) => {
    const hits = RULES.filter(({ match }) => match.test(letter));
    const about = hits.length > 0 ? hits.reduce((a, b) => (b.weight > a.weight ? b : a)).about : 'other';
    const weight = hits.reduce((sum, hit) => sum + hit.weight, 0) + urgency(letter);
    const subject = letter.replace(/\s+/g, ' ').trim().slice(0, 40);
    return { index, about, weight, subject, orders: orders(letter) };
  });
  sorted.sort((a, b) => b.weight - a.weight || a.index - b.index);
  await Promise.all(sorted.map((ticket) => E(desks[ticket.about] ?? desks.other).open(harden({ ...ticket }))));
  return harden(sorted.map(({ about, weight, orders }) => `${about} ${weight} ${orders.join('+')}`.trim()));
};
