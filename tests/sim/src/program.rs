//! What happens in a world: commands and faults, one after another, as the seed has it.

use std::time::Duration;

use crate::coverage::MINIMUM;
use crate::objects::Command;
use crate::world::World;

/// Plays until enough has happened.
pub async fn play(world: &mut World) {
    let least = world.random.within(STEPS_LEAST, STEPS_LEAST + STEPS_SPREAD);
    let mut steps = 0;
    while steps < least || (steps < STEPS_MOST && !has_enough(world)) {
        steps += 1;
        let pause = Duration::from_millis(world.random.below(120));
        world.pass(pause).await;
        match world.random.below(100) {
            0..=64 => command(world),
            65..=89 => upkeep(world),
            90..=93 => party(world).await,
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
    let command = match world.random.below(20) {
        0..=8 => Command::Write { slot, times },
        9..=12 => Command::Give { what: slot, to: self::slot(world), at: self::slot(world) },
        13..=14 => {
            let child = number(1_000 + world.commands());
            Command::Order { slot, child, at: self::slot(world), times }
        }
        15..=16 => Command::Ask { slot, at: self::slot(world), times },
        17 => Command::Decide { slot },
        18 => Command::Drop { slot },
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
        if let Some(share) = share_of(world, guest) {
            world.introduce(host, share, slot);
        }
    }
    let time = Duration::from_millis(world.random.below(600));
    world.pass(time).await;
    let (what, to, at) = (slots[0], slots[1] ^ 1, slot(world));
    world.command(host, Command::Give { what, to, at });
    let time = Duration::from_millis(world.random.below(200));
    world.pass(time).await;
    let times = number(world.random.within(1, 4));
    world.command(guests[1], Command::Write { slot: at, times });
    let child = number(1_000 + world.commands());
    world.command(guests[0], Command::Order { slot: at, child, at: at ^ 1, times });
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

/// Steps of a world: at least, and how many more it may be.
const STEPS_LEAST: u64 = 150;
const STEPS_SPREAD: u64 = 100;
/// Steps at the most, if something has not been met yet.
const STEPS_MOST: u64 = 1_000;
