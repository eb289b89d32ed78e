// Bidders are objects elsewhere; the auctioneer asks them all, round by round.
const makeBidder = (name, most, step) => {
  let won = null;
  return Far(name, {
    async ask(price, leader) {
      if (leader === name) return null;
      const offer = Math.min(price + step, most);
      return offer > price ? offer : null;
    },
    win(price) {
      won = price;
      return `${name} pays ${price}`;
    },
    won: () => won,
    name: () => name,
  });
};

const auction = async (bidders, start) => {
  let price = start;
  let leader = null;
  let leaderName = null;
  for (let round = 1; ; round += 1) {
    const offers = await Promise.allSettled(bidders.map(b => E(b).ask(price, leaderName)));
    const best = offers
      .map((o, i) => ({ offer: o.status === 'fulfilled' ? o.value : null, bidder: bidders[i] }))
      .filter(({ offer }) => offer !== null)
      .sort((a, b) => b.offer - a.offer)[0];
    if (!best) break;
    price = best.offer;
    leader = best.bidder;
    leaderName = await E(leader).name();
    console.log(`round ${round}: ${leaderName} offers ${price}`);
  }
  return leader ? E(leader).win(price) : 'not sold';
};

export const main = async () => {
  const ann = makeBidder('Ann', 50, 10);
  const bob = makeBidder('Bob', 42, 15);
  const broken = Far('broken', {
    ask: () => {
      throw new Error('line is dead');
    },
  });
  console.log(await auction([ann, bob, broken], 5));
  console.log(await auction([broken], 5));
  return [await E(ann).won(), await E(bob).won()];
};
