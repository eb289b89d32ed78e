// An order over three services: if a later step fails, the earlier ones are undone in reverse.

export const main = async ({ stock, bank, post }, { item, price, address }) => {
  const undo = [];
  const step = async (doing, undoing) => {
    const result = await doing();
    undo.unshift(() => undoing(result));
    return result;
  };
  try {
    const reserved = await step(() => E(stock).reserve(item), (it) => E(stock).release(it));
    const payment = await step(() => E(bank).charge(price), (it) => E(bank).refund(it));
    const parcel = await step(() => E(post).ship(reserved, address), (it) => E(post).recall(it));
    return harden({ ok: true, payment, parcel });
  } catch (error) {
    const failed = [];
    for (const back of undo) {
      try {
        await back();
      } catch (trouble) {
        failed.push(trouble.message);
      }
    }
    return harden({ ok: false, why: error.message, undone: undo.length - failed.length, failed });
  }
};
