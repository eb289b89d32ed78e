//! What happens in a world: commands and faults, one after another, as the seed has it.

use std::time::Duration;

use crate::coverage::MINIMUM;
use crate::objects::{Command, FIRST_CHILD};
use crate::world::World;

/// How long a world lasts.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Steps at least.
    least: u64,
    /// How many more it may be by chance.
    spread: u64,
    /// Steps at the most, if something has not been met yet.
    most: u64,
}

impl Pace {
    /// A world that reaches every minimum.
    pub const FULL: Self = Self { least: 150, spread: 100, most: 1_000 };

    /// A world in which a gross fault shows.
    pub const SHORT: Self = Self { least: 60, spread: 30, most: 90 };
}

/// Plays until enough has happened.
pub async fn play(world: &mut World, pace: &Pace) {
    let least = world.random.within(pace.least, pace.least + pace.spread);
    let mut steps = 0;
    while steps < least || (steps < pace.most && !has_enough(world)) {
        steps += 1;
        let pause = Duration::from_millis(world.random.below(120));
        world.pass(pause).await;
        match world.random.below(100) {
            0..=54 => command(world),
            55..=74 => upkeep(world),
            75..=78 => party(world).await,
            79..=82 => riddle(world).await,
            83..=85 => betrayal(world).await,
            86..=92 => storm(world),
            _ => fault(world).await,
        }
    }
}

/// Whether what owners and faults do has reached its minimum.
fn has_enough(world: &World) -> bool {
    let (met, notes) = (world.coverage, world.notes());
    met.crashes >= MINIMUM.crashes
        && met.deaths_at_the_disk >= MINIMUM.deaths_at_the_disk
        && met.partitions >= MINIMUM.partitions
        && notes.evictions >= MINIMUM.evictions
        && notes.collections >= MINIMUM.collections
        && notes.revoked.len() as u64 >= MINIMUM.revocations
}

fn command(world: &mut World) {
    let actor = world.random.index(world.cast.len());
    let slot = slot(world);
    let times = number(world.random.within(1, 4));
    let command = match world.random.below(23) {
        0..=8 => Command::Write { slot, times },
        9..=12 => Command::Give { what: slot, to: self::slot(world), at: self::slot(world) },
        13..=14 => {
            let child = FIRST_CHILD + number(world.commands());
            Command::Order { slot, child, at: self::slot(world), times }
        }
        15..=16 => Command::Ask { slot, at: self::slot(world), times },
        17 => Command::Decide { slot },
        18 => Command::Drop { slot },
        19 => Command::Spoil { slot },
        20..=21 => Command::Alarm { after: world.random.below(20_000), slot, times },
        _ => Command::Knot,
    };
    world.command(actor, command);
}

/// One is introduced to two others, and introduces the one of them to the other.
pub async fn party(world: &mut World) {
    let host = world.random.index(world.cast.len());
    let guests = [1, 2].map(|step| (host + step) % world.cast.len());
    let slots = [0, 1].map(|at| at + 2 * number(world.random.below(SLOTS / 2)));
    for (guest, slot) in guests.into_iter().zip([slots[0], slots[1] ^ 1]) {
        match share_of(world, guest) {
            Some(share) => world.introduce(host, share, slot),
            // All that there were have been revoked.
            None => world.share(guest),
        }
    }
    pause(world, 600).await;
    let (what, to, at) = (slots[0], slots[1] ^ 1, slot(world));
    world.command(host, Command::Give { what, to, at });
    pause(world, 200).await;
    let times = number(world.random.within(1, 4));
    world.command(guests[1], Command::Write { slot: at, times });
    let child = FIRST_CHILD + number(world.commands());
    world.command(guests[0], Command::Order { slot: at, child, at: at ^ 1, times });
    let after = world.random.below(3_000);
    world.command(host, Command::Alarm { after, slot: what, times });
}

/// One waits for what another decides on, and writes to it all the while.
async fn riddle(world: &mut World) {
    let asks = world.random.index(world.cast.len());
    let decides = (asks + 1 + world.random.index(world.cast.len() - 1)) % world.cast.len();
    let leads_to = world.random.index(world.cast.len());
    let slots = [0, 1, 2].map(|nth| number((world.commands() + nth) % SLOTS));
    for (who, whom, slot) in [(asks, decides, slots[0]), (decides, leads_to, slots[1])] {
        if let Some(share) = share_of(world, whom) {
            world.introduce(who, share, slot);
        }
    }
    pause(world, 400).await;
    let times = number(world.random.within(1, 12));
    world.command(asks, Command::Ask { slot: slots[0], at: slots[2], times });
    pause(world, 200).await;
    world.command(decides, Command::Decide { slot: slots[1] });
    for _ in 0..3 {
        if world.random.one_in(2) {
            pause(world, 30).await;
        }
        let times = number(world.random.within(1, 3));
        world.command(asks, Command::Write { slot: slots[2], times });
    }
}

/// One uses what it was given, and has it taken away.
async fn betrayal(world: &mut World) {
    let (actor, slot) = (world.random.index(world.cast.len()), slot(world));
    let Some(share) = some_share(world) else { return };
    world.introduce(actor, share, slot);
    pause(world, 500).await;
    world.command(actor, Command::Write { slot, times: 1 });
    pause(world, 200).await;
    world.revoke(share);
    pause(world, 200).await;
    world.command(actor, Command::Write { slot, times: 1 });
    let whose = world.random.index(world.cast.len());
    world.share(whose);
}

/// Many write at once, and a machine dies of it.
fn storm(world: &mut World) {
    let machine = world.random.index(world.machines.len());
    let calls = world.random.below(6);
    for _ in 0..world.random.within(2, 6) {
        let (actor, slot) = (world.random.index(world.cast.len()), slot(world));
        let times = number(world.random.within(1, 4));
        world.command(actor, Command::Write { slot, times });
    }
    world.plan_death(machine, calls);
}

async fn pause(world: &mut World, at_most_ms: u64) {
    let time = Duration::from_millis(world.random.below(at_most_ms));
    world.pass(time).await;
}

fn upkeep(world: &mut World) {
    let actor = world.random.index(world.cast.len());
    match world.random.below(10) {
        0..=2 => {
            let slot = slot(world);
            if let Some(share) = some_share(world) {
                world.introduce(actor, share, slot);
            }
        }
        3..=6 => world.evict(actor),
        7 => world.collect(actor),
        8 => match (some_share(world), world.random.below(3)) {
            (Some(share), 0) => world.revoke(share),
            (Some(share), 1) => {
                let machine = world.random.index(world.machines.len());
                world.guess(machine, share);
            }
            _ => {}
        },
        _ => world.share(actor),
    }
}

async fn fault(world: &mut World) {
    let machine = world.random.index(world.machines.len());
    match world.random.below(12) {
        0..=5 => {
            let calls = world.random.below(10);
            world.plan_death(machine, calls);
        }
        6..=7 => world.kill(machine),
        8 => world.stop(machine).await,
        9..=10 => {
            let other = world.random.index(world.machines.len());
            let time = Duration::from_millis(world.random.below(15_000));
            world.part(machine, other, time);
        }
        _ => world.cut_all(),
    }
}

fn share_of(world: &World, actor: usize) -> Option<u32> {
    let notes = world.notes();
    let of_actor = notes.shares.iter().find(|(_, share)| share.actor == actor);
    of_actor.map(|(share, _)| *share)
}

fn some_share(world: &mut World) -> Option<u32> {
    let shares: Vec<u32> = world.notes().shares.keys().copied().collect();
    world.random.pick(&shares).copied()
}

fn slot(world: &mut World) -> u32 {
    number(world.random.below(SLOTS))
}

fn number(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Slots that each has.
const SLOTS: u64 = 4;
