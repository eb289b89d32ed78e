//! What happens in a world: commands and faults, one after another, as the seed has it.

use std::time::Duration;

use crate::coverage::MINIMUM;
use crate::objects::{Command, FIRST_CHILD};
use crate::random::Random;
use crate::world::World;

/// How much happens in a world, and between how many.
///
/// Most worlds are small and full of faults: what goes wrong between three vats in thirty steps is
/// found ten times as often for the same work. Now and then one is large, for what only many and
/// much can show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Steps that chance decides; those that make up for what has not been met follow.
    pub steps: u64,
    /// Of a hundred steps, how many are faults.
    pub faults: u64,
    /// Machines, three at least.
    pub machines: usize,
    /// Vats, one for each machine at least.
    pub vats: usize,
    /// How many others each knows in the beginning.
    pub friends: u32,
    /// References that each can keep, two at least.
    pub slots: u64,
    /// How long a machine is down most times, at the most, in milliseconds.
    pub restart_ms: u64,
}

impl Pace {
    /// As chance has it.
    pub fn drawn(random: &mut Random) -> Self {
        if random.one_in(LARGE_ONE_IN) {
            let (steps, machines) = (random.within(150, 250), 3 + random.index(2));
            let vats = 5 + random.index(4);
            return Self {
                steps,
                faults: 14,
                machines,
                vats,
                friends: 2,
                slots: 4,
                restart_ms: 4_000,
            };
        }
        let (steps, vats) = (random.within(12, 25), 3 + random.index(2));
        let (friends, slots) = (1 + u32::from(random.one_in(2)), random.within(2, 3));
        Self { steps, faults: 22, machines: 3, vats, friends, slots, restart_ms: 800 }
    }
}

/// Plays until enough has happened.
pub async fn play(world: &mut World) {
    for _ in 0..world.pace.steps {
        pause(world, 120).await;
        if world.random.below(100) < world.pace.faults {
            match world.random.one_in(2) {
                true => storm(world),
                false => fault(world).await,
            }
            continue;
        }
        match world.random.below(86) {
            0..=54 => command(world),
            55..=74 => upkeep(world),
            75..=78 => {
                let host = world.random.index(world.cast.len());
                let [one, other] = [1, 2].map(|step| (host + step) % world.cast.len());
                party(world, [host, one, other], Duration::ZERO).await;
            }
            79..=82 => riddle(world).await,
            _ => betrayal(world).await,
        }
    }
    for _ in 0..AMENDS_MAX {
        if !amend(world) {
            return;
        }
        pause(world, 1_000).await;
    }
}

/// Does what has been done too little; gives whether there was any.
fn amend(world: &mut World) -> bool {
    let (met, notes) = (world.coverage, world.notes());
    let deaths =
        met.crashes < MINIMUM.crashes || met.deaths_at_the_disk < MINIMUM.deaths_at_the_disk;
    let partitions = met.partitions < MINIMUM.partitions;
    let evictions = notes.evictions < MINIMUM.evictions;
    let revocations = (notes.revoked.len() as u64) < MINIMUM.revocations;
    drop(notes);
    if deaths {
        storm(world);
    }
    if partitions {
        let time = Duration::from_millis(world.random.below(5_000));
        let other = 1 + world.random.index(2);
        world.part(0, other, time);
    }
    if evictions {
        for actor in 0..world.cast.len() {
            world.evict(actor);
        }
    }
    if revocations {
        match some_share(world) {
            Some(share) => world.revoke(share),
            // All that there were have been revoked while their host was about to die.
            None => world.share(0),
        }
    }
    deaths || partitions || evictions || revocations
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

/// The first is introduced to two others, and introduces the one of them to the other. It waits at
/// least for `patience` until it does.
pub async fn party(world: &mut World, who: [usize; 3], patience: Duration) {
    let (host, guests) = (who[0], [who[1], who[2]]);
    let pairs = world.pace.slots / 2;
    let slots = [0, 1].map(|at| at + 2 * number(world.random.below(pairs)));
    for (guest, slot) in guests.into_iter().zip(slots) {
        match share_of(world, guest) {
            Some(share) => world.introduce(host, share, slot),
            // All that there were have been revoked.
            None => world.share(guest),
        }
    }
    world.pass(patience).await;
    pause(world, 600).await;
    let (what, to, at) = (slots[0], slots[1], slot(world));
    world.command(host, Command::Give { what, to, at });
    pause(world, 200).await;
    // Where nothing goes wrong any more, what is missing is made up for.
    let few = if patience.is_zero() { 1 } else { 6 };
    let times = number(world.random.within(few, few + 3));
    world.command(guests[1], Command::Write { slot: at, times });
    let child = FIRST_CHILD + number(world.commands());
    let whose = if patience.is_zero() { guests[0] } else { guests[1] };
    world.command(whose, Command::Order { slot: at, child, at: at ^ 1, times });
    let after = world.random.below(3_000);
    world.command(host, Command::Alarm { after, slot: what, times });
}

/// One waits for what another decides on, and writes to it all the while.
async fn riddle(world: &mut World) {
    let asks = world.random.index(world.cast.len());
    let decides = (asks + 1 + world.random.index(world.cast.len() - 1)) % world.cast.len();
    let leads_to = world.random.index(world.cast.len());
    let slots = [0, 1, 2].map(|nth| number((world.commands() + nth) % world.pace.slots));
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

/// A reference to somebody that is on paper.
pub fn share_of(world: &World, actor: usize) -> Option<u32> {
    let notes = world.notes();
    let of_actor = notes.shares.iter().find(|(_, share)| share.actor == actor);
    of_actor.map(|(share, _)| *share)
}

fn some_share(world: &mut World) -> Option<u32> {
    let shares: Vec<u32> = world.notes().shares.keys().copied().collect();
    world.random.pick(&shares).copied()
}

fn slot(world: &mut World) -> u32 {
    number(world.random.below(world.pace.slots))
}

fn number(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// One in so many worlds is large.
const LARGE_ONE_IN: u64 = 32;

/// How often a world may make up for what has not been met.
const AMENDS_MAX: u32 = 100;
