//! Inputs that are there together are taken in one turn, with what they make ready: a call is a
//! turn on each side, and under load many calls share a commit.
//!
//! Each delivery runs as it would in a turn of its own: it alone is undone if it fails, and has the
//! limits of a turn to itself. Nothing is waited for: who is alone is a turn of one. And nobody's
//! answer waits for somebody else's method, which may take any time: once a turn has something to
//! say, no other method runs in it. Only where methods were quick again and again several share a
//! turn, as many as take no longer than [`GATHERED_TIME`].
//!
//! What a peer gets wrong undoes the whole turn; then its inputs are taken again, each alone, so
//! that those before the wrong one count.

use std::sync::Arc;
use std::time::Duration;

use hogshead_captp::Operation;
use hogshead_captp::durable::{Frame, is_operation};
use hogshead_objects::ids::{DeliveryId, SessionId, VatId, VatNumber};
use hogshead_vat::Weight;
use tokio::time::Instant;

use crate::host::HostError;
use crate::host::core::Core;
use crate::host::history::Cause;
use crate::host::slot::{Input, Resident, Slot};
use crate::host::turn::Work;
use crate::limits::{
    GATHERED_BYTES_MAX, GATHERED_MAX, GATHERED_OUT_MAX, GATHERED_ROOM_BYTES, GATHERED_ROOM_ROWS,
    GATHERED_TIME, INPUTS_ALONE_AFTER_CRASH, QUICK_TURNS,
};

/// An input that can share a turn.
struct Gathered {
    taken: Taken,
    /// Whether it runs nothing: it only lets go of something.
    quiet: bool,
    cause: Cause,
    /// The same again, should it have to be taken alone.
    input: Input,
}

enum Taken {
    Frame(SessionId, Operation),
    Link(VatId, Frame),
    Inbox(u64, VatNumber, VatId, Operation),
}

impl Core {
    /// Runs an input, and those behind it that can share its turn. Gives how many.
    pub(super) fn run_inputs(
        &self,
        slot: &Arc<Slot>,
        resident: &mut Resident,
        first: Input,
    ) -> Result<usize, HostError> {
        let begun = Instant::now();
        let gathered = match self.may_gather(resident) {
            true => self.gather(slot, resident, first)?,
            false => Err(first),
        };
        let (count, deliveries) = match gathered {
            Ok(all) => self.run_gathered(slot, resident, all)?,
            Err(alone) => {
                resident.alone = resident.alone.saturating_sub(1);
                self.run_input(slot, resident, alone)?;
                (1, 1)
            }
        };
        resident.quickness.note(begun.elapsed(), deliveries);
        Ok(count)
    }

    /// Takes what can share a turn with the first; the first itself if that has to be alone.
    fn gather(
        &self,
        slot: &Slot,
        resident: &mut Resident,
        first: Input,
    ) -> Result<Result<Vec<Gathered>, Input>, HostError> {
        let mut octets = first.octets();
        if octets > GATHERED_BYTES_MAX {
            return Ok(Err(first));
        }
        let mut all = match self.gathered(slot, resident, first)? {
            Ok(first) => vec![first],
            Err(first) => return Ok(Err(first)),
        };
        let most = resident.quickness.most();
        let mut loud = usize::from(!all[0].quiet);
        while all.len() < GATHERED_MAX {
            let next = {
                let mut inputs = slot.inputs();
                octets = octets.saturating_add(inputs.queue.front().map_or(0, Input::octets));
                if octets > GATHERED_BYTES_MAX { None } else { inputs.queue.pop_front() }
            };
            let Some(next) = next else { break };
            match self.gathered(slot, resident, next)? {
                Ok(next) if next.quiet || loud < most => {
                    loud += usize::from(!next.quiet);
                    all.push(next);
                }
                Ok(later) => {
                    slot.inputs().queue.push_front(later.into_input());
                    break;
                }
                Err(alone) => {
                    slot.inputs().queue.push_front(alone);
                    break;
                }
            }
        }
        Ok(Ok(all))
    }

    /// Gives how many inputs were taken, and how many deliveries there were.
    fn run_gathered(
        &self,
        slot: &Slot,
        resident: &mut Resident,
        all: Vec<Gathered>,
    ) -> Result<(usize, usize), HostError> {
        let (count, loud) = (all.len(), all.iter().filter(|one| !one.quiet).count());
        let mut taken = Vec::with_capacity(count);
        let mut causes = Vec::with_capacity(count);
        let mut inputs = Vec::with_capacity(count);
        for gathered in all {
            taken.push(gathered.taken);
            causes.push(gathered.cause);
            inputs.push(gathered.input);
        }
        let most = resident.quickness.most();
        let told = self.tell(&Cause::Together { causes, most });
        let done = self.turn_as(slot, resident, &told, |work| {
            work.take_together(taken, most, |work, taken| match taken {
                Taken::Frame(session, operation) => work.apply(session, operation),
                Taken::Link(peer, frame) => work.take_frame(peer, frame),
                Taken::Inbox(number, from, peer, operation) => {
                    work.take_arrived(number, from, peer, operation)
                }
            })
        });
        let error = match done {
            Ok((ran, _)) => return Ok((count, loud + ran)),
            Err(error) => error,
        };
        let mut waiting = slot.inputs();
        for input in inputs.into_iter().rev() {
            waiting.queue.push_front(input);
        }
        drop(waiting);
        match error {
            HostError::Violation(_) | HostError::Fork(_) | HostError::Gap => {
                resident.alone = count;
                Ok((0, 0))
            }
            other => Err(other),
        }
    }

    /// Runs a ready delivery, and with it others that are or become ready, at most `most` in all.
    /// Gives how many.
    pub(super) fn run_ready_from(
        &self,
        slot: &Slot,
        resident: &mut Resident,
        (first, most): (DeliveryId, usize),
    ) -> Result<usize, HostError> {
        let begun = Instant::now();
        let most = most.min(resident.quickness.most());
        let ran = if most > 1 && self.may_gather(resident) {
            let most = most - 1;
            let told = self.tell(&Cause::Together { causes: vec![Cause::Ready(first)], most });
            let done = self.turn_as(slot, resident, &told, |work| {
                work.take_together([first], most, |work, id| {
                    work.turn.run(id)?;
                    Ok(())
                })
            });
            1 + done?.0
        } else {
            self.take_turn(slot, resident, Cause::Ready(first))?;
            1
        };
        resident.quickness.note(begun.elapsed(), ran);
        Ok(ran)
    }

    /// Whether inputs may share turns. After a crash they may not for a while, since what died with
    /// the process is found by running it alone; nor if the vat is near its quota, which each
    /// input is to meet by itself.
    fn may_gather(&self, resident: &mut Resident) -> bool {
        resident.calm = resident.calm.saturating_add(1);
        let calm = self.was_clean || resident.calm > INPUTS_ALONE_AFTER_CRASH;
        let roomy = resident.vat.as_ref().is_some_and(|vat| {
            let (meter, quota) = (vat.meter(), vat.quota());
            let rows = GATHERED_ROOM_ROWS;
            !vat.paused()
                && meter.deliveries.saturating_add(rows) <= quota.deliveries
                && meter.records.saturating_add(rows) <= quota.records
                && meter.bytes.saturating_add(GATHERED_ROOM_BYTES) <= quota.bytes
        });
        calm && roomy && resident.alone == 0
    }

    /// The input as one that can share a turn; the input itself if it has to be alone.
    fn gathered(
        &self,
        slot: &Slot,
        resident: &mut Resident,
        input: Input,
    ) -> Result<Result<Gathered, Input>, HostError> {
        let (taken, cause, input) = match input {
            Input::Frame { session, bytes, permit } => {
                let live = resident.sessions.get_mut(&session);
                let operation = live.and_then(|live| live.session.read_operation(&bytes));
                let input = Input::Frame { session, bytes: bytes.clone(), permit };
                let Some(operation) = operation else { return Ok(Err(input)) };
                let secret = operation.is_secret();
                let taken = Taken::Frame(session, operation);
                (taken, Cause::Frame { session, bytes, secret }, input)
            }
            Input::Link { peer, carrier, bytes, permit } => {
                let known =
                    resident.carriers.get(&peer).is_some_and(|known| known.number == carrier);
                let frame = (known && is_operation(&bytes)).then(|| Frame::decode(&bytes).ok());
                let input = Input::Link { peer, carrier, bytes: bytes.clone(), permit };
                let Some(Some(frame)) = frame else { return Ok(Err(input)) };
                (Taken::Link(peer, frame), Cause::Link { peer, bytes }, input)
            }
            Input::Inbox { number, arrived } => {
                let arrived = match arrived {
                    Some(arrived) => Some(*arrived),
                    None => self.inbox_row(slot, number)?,
                };
                let Some((from, peer, operation)) = arrived else {
                    return Ok(Err(Input::Inbox { number, arrived: None }));
                };
                // Where there are no rows it is nowhere else.
                let again = || Box::new((from, peer, operation.clone()));
                let arrived = self.keep.is_ephemeral().then(again);
                let input = Input::Inbox { number, arrived };
                (Taken::Inbox(number, from, peer, operation), Cause::Inbox(number), input)
            }
            other => return Ok(Err(other)),
        };
        Ok(Ok(Gathered { quiet: taken.is_quiet(), taken, cause, input }))
    }
}

impl Gathered {
    /// The input, to be taken later: what was read of it is not read again.
    fn into_input(self) -> Input {
        match (self.input, self.taken) {
            (Input::Inbox { number, .. }, Taken::Inbox(_, from, peer, operation)) => {
                Input::Inbox { number, arrived: Some(Box::new((from, peer, operation))) }
            }
            (input, _) => input,
        }
    }
}

impl Taken {
    fn is_quiet(&self) -> bool {
        match self {
            Self::Frame(_, operation) | Self::Inbox(.., operation) => {
                matches!(operation, Operation::GcExports(_) | Operation::GcAnswers(_))
            }
            Self::Link(_, Frame::Operation { payload, .. }) => Operation::lets_go(payload),
            Self::Link(..) => false,
        }
    }
}

impl Input {
    /// Octets that it brings.
    fn octets(&self) -> usize {
        match self {
            Self::Frame { bytes, .. } | Self::Link { bytes, .. } => bytes.len(),
            _ => 0,
        }
    }
}

/// How quick the methods of a vat have been.
#[derive(Default)]
pub(crate) struct Quickness {
    /// Turns one after the other of which none was slow.
    quick: usize,
    /// What each delivery of the last turn took.
    each: Duration,
}

impl Quickness {
    fn note(&mut self, took: Duration, deliveries: usize) {
        self.each = took / u32::try_from(deliveries.max(1)).unwrap_or(u32::MAX);
        self.quick = if self.each < GATHERED_TIME { self.quick.saturating_add(1) } else { 0 };
    }

    /// How many methods may share the next turn.
    fn most(&self) -> usize {
        if self.quick < QUICK_TURNS {
            return 1;
        }
        let fit = GATHERED_TIME.as_nanos() / self.each.as_nanos().max(1);
        usize::try_from(fit).unwrap_or(usize::MAX).clamp(1, GATHERED_MAX)
    }
}

impl Work<'_, '_, '_> {
    /// Takes inputs one after another within this turn. After each, what is ready runs, before the
    /// next as it would between turns: at most `most` deliveries in all, and none once the turn has
    /// become large. If it is one, it runs only as long as the turn has nothing to say. Gives how
    /// many ran.
    pub(crate) fn take_together<I>(
        &mut self,
        inputs: impl IntoIterator<Item = I>,
        most: usize,
        mut take: impl FnMut(&mut Self, I) -> Result<(), HostError>,
    ) -> Result<usize, HostError> {
        let mut ran = 0;
        for input in inputs {
            take(self, input)?;
            while ran < most && self.may_run_more(most) && self.turn.run_next()?.is_some() {
                ran += 1;
            }
        }
        Ok(ran)
    }

    fn may_run_more(&self, most: usize) -> bool {
        let Weight { written, said } = self.turn.weight();
        match most {
            0 | 1 => said == 0 && written <= GATHERED_BYTES_MAX,
            _ => said <= GATHERED_OUT_MAX && written <= GATHERED_BYTES_MAX,
        }
    }
}
