// Observers are objects of others: one that fails is left out, and nobody waits for another.
const makeTopic = (name) => {
  const observers = new Map();
  let next = 0;
  return Far(name, {
    subscribe(observer) {
      const id = next++;
      observers.set(id, observer);
      return Far('subscription', { cancel: () => observers.delete(id) });
    },
    publish: async (news) => {
      const told = await Promise.allSettled([...observers.values()].map((it) => E(it).hear(name, news)));
      const failed = [...observers.keys()].filter((_, at) => told[at].status === 'rejected');
      failed.forEach((id) => observers.delete(id));
      return { told: told.length - failed.length, left: observers.size };
    },
  });
};
const makeObserver = (who, moods = {}) =>
  Far(who, {
    hear: (topic, { title, ...rest }) => {
      if (moods[title]) throw new Error(moods[title]);
      console.log(`${who} hears of ${topic}: ${title}${rest.by ? `, by ${rest.by}` : ''}`);
    },
  });

export const main = async () => {
  const topic = makeTopic('weather');
  const first = await E(topic).subscribe(makeObserver('Ann'));
  await E(topic).subscribe(makeObserver('Bob', { storm: 'I am off' }));
  E(topic).subscribe(makeObserver('Eve'));
  for (const news of [{ title: 'sun' }, { title: 'storm', by: 'the sea' }, { title: 'rain' }]) {
    const { told, left } = await E(topic).publish(news);
    console.log(`${news.title}: ${told} told, ${left} left`);
  }
  console.log(`${await E(first).cancel()} ${await E(first).cancel()}`);
  const { told } = await E(topic).publish({ title: 'fog' });
  return told;
};
