//! The last thing that happens to a world now and then: a store is put back to an older copy of itself, or a copy
//! is started beside it, and the peers of its vats find out when they next meet.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::ending::read;
use crate::objects::{Book, Command};
use crate::world::World;

/// How a store comes to have two histories.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// The older copy takes its place.
    PutBack,
    /// The copy is started on another machine, while the first one runs.
    StartedTwice,
}

/// Plays it; gives what must not be, a line each.
pub async fn story(world: &mut World) -> Vec<String> {
    if !world.random.one_in(STORY_ONE_IN) {
        return Vec::new();
    }
    let Some((one, other)) = pair(world) else { return Vec::new() };
    match try_story(world, one, other).await {
        Ok(found) => found,
        Err(error) => vec![format!("fork: the story could not be played: {error}")],
    }
}

async fn try_story(world: &mut World, one: usize, other: usize) -> hogshead::Result<Vec<String>> {
    for (who, whom) in [(one, other), (other, one)] {
        let share = world.share_now(whom).await?;
        world.introduce(who, share, SLOT);
    }
    world.pass(A_WHILE).await;
    for who in [one, other] {
        world.command(who, Command::Write { slot: SLOT, times: 2 });
    }
    world.pass(A_WHILE).await;

    let machine = world.cast[one].machine;
    world.stop(machine).await;
    let copy = world.machines[machine].copy();
    world.end_faults().await;
    world.pass(A_WHILE).await;
    let writers = match world.random.below(3) {
        0 => vec![one],
        1 => vec![other],
        _ => vec![one, other],
    };
    for who in writers {
        let times = u32::try_from(world.random.within(1, 3)).unwrap_or(1);
        world.command(who, Command::Write { slot: SLOT, times });
    }
    world.pass(A_WHILE).await;
    let before = heard(&read(world, other).await?);

    let way = if world.random.one_in(2) { Way::PutBack } else { Way::StartedTwice };
    world.coverage.forks += 1;
    world.trace.note(format_args!("the store of machine {machine} is older: {way:?}"));
    match way {
        Way::PutBack => {
            world.kill(machine);
            world.machines[machine].put_back(&copy);
            world.end_faults().await;
        }
        Way::StartedTwice => {
            let index = world.machines.len();
            let twin = world.machines[machine].twin(&copy, index);
            world.machines.push(twin);
            // From here on its vats are met on the machine that was started last.
            let started = world.machines[index].start().await;
            started.map_err(|error| hogshead::Error::refused(error.to_string()))?;
            for member in world.cast.iter_mut().filter(|member| member.machine == machine) {
                member.machine = index;
            }
        }
    }
    // The first contact that can show it.
    let first = if world.random.one_in(2) { one } else { other };
    world.command(first, Command::Write { slot: SLOT, times: 1 });
    world.pass(LONG_WHILE).await;
    // Whoever did not begin learns of it as well; and whoever did may have spoken with the first
    // machine, which is right.
    for who in [one + other - first, first] {
        world.command(who, Command::Write { slot: SLOT, times: 1 });
        world.pass(LONG_WHILE).await;
    }

    judge(world, [one, other], way, &before).await
}

/// Whether both know, and nothing that the copy said was heard.
async fn judge(
    world: &World,
    both: [usize; 2],
    way: Way,
    before: &BTreeSet<(u32, u64, u64, u64)>,
) -> hogshead::Result<Vec<String>> {
    let mut found = Vec::new();
    for who in both {
        let books = read(world, who).await?;
        let last =
            books.first().and_then(|book| book.routes.iter().rev().find(|r| !r.letters.is_empty()));
        let outcome =
            last.and_then(|route| route.letters.last()).and_then(|(_, told)| told.clone());
        if !outcome.as_deref().is_some_and(|told| told.contains("fork")) {
            let name = &world.cast[who].name;
            found.push(format!("fork: {way:?} was not shown to {name}: its letter is {outcome:?}"));
        }
    }
    let after = heard(&read(world, both[1]).await?);
    if *before != after {
        let new: Vec<_> = after.difference(before).collect();
        found.push(format!("fork: what the copy said was heard: {new:?}"));
    }
    Ok(found)
}

/// Two of the cast on different machines.
fn pair(world: &mut World) -> Option<(usize, usize)> {
    let one = world.random.index(world.cast.len());
    let elsewhere: Vec<usize> = (0..world.cast.len())
        .filter(|other| world.cast[*other].machine != world.cast[one].machine)
        .collect();
    world.random.pick(&elsewhere).map(|other| (one, *other))
}

/// All that was heard: writer, route, number and command.
fn heard(books: &[Book]) -> BTreeSet<(u32, u64, u64, u64)> {
    let heard = books.iter().flat_map(|book| &book.heard);
    let letters = heard.flat_map(|heard| {
        let of = (heard.from, heard.route);
        heard.letters.iter().map(move |(number, op, _)| (of.0, of.1, *number, *op))
    });
    letters.collect()
}

/// One in so many worlds ends so.
const STORY_ONE_IN: u64 = 3;

/// Where the two of the story keep each other.
const SLOT: u32 = 9;

/// Long enough for what is said to be heard, and answered.
const A_WHILE: Duration = Duration::from_secs(5);

/// Long enough for whoever redials.
const LONG_WHILE: Duration = Duration::from_secs(90);
