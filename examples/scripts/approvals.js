// Asks several people for their approval, one after the other; whoever says no, or nothing in
// time, ends it, and those who said yes are told.

const DAY = 24 * 3600 * 1000;

export const main = async ({ approvers, clock }, request) => {
  const approved = [];
  for (const [name, approver] of Object.entries(approvers)) {
    const answer = E(approver).approve(request);
    const late = E(clock).after(3 * DAY).then(() => null);
    const verdict = await Promise.race([answer, late]);
    if (verdict !== true) {
      const why = verdict === null ? `${name} did not answer` : `${name} said no`;
      await Promise.allSettled(approved.map((name) => E(approvers[name]).withdrawn(request, why)));
      return harden({ approved: false, why, by: approved });
    }
    approved.push(name);
  }
  return harden({ approved: true, by: approved });
};
