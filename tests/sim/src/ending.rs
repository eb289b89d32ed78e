//! The end of a world: faults stop, everything comes to rest, and what is left is looked at.

use std::collections::BTreeMap;
use std::time::Duration;

use hogshead::Result;

use crate::coverage::{Coverage, MINIMUM};
use crate::evidence::{Evidence, VatSeen};
use crate::objects::{Book, Command, FIRST_CHILD, TOLD};
use crate::program;
use crate::world::World;

/// Brings a world to its end; gives what it leaves.
pub async fn end(world: &mut World) -> Evidence {
    world.end_faults().await;
    complete(world).await;
    let mut evidence = Evidence { durable: DURABLE, ..Evidence::default() };
    rest(world, &mut evidence).await;
    let books = read_all(world, &mut evidence).await;
    reload(world, &books, &mut evidence).await;
    look(world, &mut evidence).await;
    let notes = world.notes();
    evidence.commands.clone_from(&notes.commands);
    evidence.revoked.clone_from(&notes.revoked);
    evidence.faults.extend(notes.faults.iter().cloned());
    let (evictions, collections) = (notes.evictions, notes.collections);
    let revocations = notes.revoked.len() as u64;
    drop(notes);
    evidence.books = books;
    let met = Coverage { evictions, collections, revocations, ..world.coverage };
    world.coverage = count(met, world, &evidence.books);
    evidence
}

/// Has what only the books know come to its minimum, if faults have kept it from that, and frees
/// something.
async fn complete(world: &mut World) {
    for _ in 0..PARTIES_MAX {
        world.pass(Duration::from_secs(4)).await;
        let books = read_all(world, &mut Evidence::default()).await;
        let met = count(world.coverage, world, &books);
        let knots = world.notes().collections < MINIMUM.collections;
        if met.handoffs >= MINIMUM.handoffs
            && met.far_handoffs >= MINIMUM.far_handoffs
            && met.letters >= MINIMUM.letters
            && met.pipelined >= MINIMUM.pipelined
            && met.alarms >= MINIMUM.alarms
            && !knots
        {
            return;
        }
        let actor = world.random.index(world.cast.len());
        if knots {
            world.command(actor, Command::Knot);
        }
        let who = apart(world, actor);
        for guest in [who[1], who[2]] {
            if program::share_of(world, guest).is_none() {
                // Who cannot be shared cannot be met either, which the next look tells.
                let _ = world.share_now(guest).await;
            }
        }
        program::party(world, who, PATIENCE).await;
        if knots {
            world.collect(actor);
        }
    }
}

/// One of the cast and two more, all on different machines.
fn apart(world: &mut World, one: usize) -> [usize; 3] {
    let mut who = vec![one];
    for _ in 0..2 {
        let taken: Vec<_> = who.iter().map(|one| world.cast[*one].machine).collect();
        let machines = world.cast.iter().map(|member| member.machine).enumerate();
        let left = machines.filter(|(_, machine)| !taken.contains(machine));
        let left: Vec<_> = left.map(|(actor, _)| actor).collect();
        // Every machine has a vat, and there are three.
        who.push(world.random.pick(&left).copied().unwrap_or(one));
    }
    [who[0], who[1], who[2]]
}

/// Lets go of everything, and waits until nobody waits for anything.
async fn rest(world: &mut World, evidence: &mut Evidence) {
    world.pass(Duration::from_secs(5)).await;
    // What is under way when all let go may bring something new to hold.
    for _ in 0..2 {
        let_go(world, evidence).await;
        if !comes_to_rest(world, evidence).await {
            let books = read_all(world, evidence).await;
            evidence.restless = restless(world, &books);
            show_waiting(world).await;
            return;
        }
    }
}

async fn let_go(world: &mut World, evidence: &mut Evidence) {
    for actor in 0..world.cast.len() {
        let parted = async {
            let handle = world.handle(actor)?;
            handle.ask().part().await
        };
        if let Err(error) = parted.await {
            evidence.faults.push(format!("{} did not part: {error}", world.cast[actor].name));
        }
    }
}

async fn comes_to_rest(world: &mut World, evidence: &mut Evidence) -> bool {
    for _ in 0..REST_LOOKS {
        world.pass(REST_PACE).await;
        // Nobody may be waiting for what is parked, and still it holds what it was sent.
        let retried = retry_parked(world, evidence).await;
        let mut scratch = Evidence::default();
        let books = read_all(world, &mut scratch).await;
        if retried == 0 && scratch.faults.is_empty() && restless(world, &books).is_empty() {
            return true;
        }
        // What came late asks who has let go already.
        let_go(world, evidence).await;
    }
    false
}

/// What a host may have died of is parked for its owner, who finds here that it was innocent.
/// Gives how many deliveries that were.
async fn retry_parked(world: &World, evidence: &mut Evidence) -> u64 {
    let mut found = 0;
    for (actor, member) in world.cast.iter().enumerate() {
        let Ok(client) = world.client(member.machine) else { continue };
        let Ok(parked) = client.admin().ask().parked(member.name.clone()).await else { continue };
        for parked in parked {
            found += 1;
            let retried = client.admin().ask().parked_retry(member.name.clone(), parked.delivery);
            let retried = retried.await;
            if retried.is_ok() {
                *evidence.retried.entry(number(actor)).or_default() += 1;
            }
            let told = retried.map_or_else(|error| error.to_string(), |_| "done".to_owned());
            let (name, delivery) = (&member.name, parked.delivery);
            world.trace.note(format_args!("{name} retries delivery {delivery}: {told}"));
        }
    }
    found
}

/// Notes what every vat waits for, for who looks into why.
async fn show_waiting(world: &World) {
    for member in &world.cast {
        let Ok(client) = world.client(member.machine) else { continue };
        let Ok(seen) = client.admin().ask().vat_show(member.name.clone()).await else { continue };
        world.trace.note(format_args!("{} is {}", member.name, seen.info.id));
        for wait in seen.waits_for {
            world.trace.note(format_args!("{} waits: {wait:?}", member.name));
        }
        for session in seen.sessions {
            world.trace.note(format_args!("{} has: {session:?}", member.name));
        }
    }
}

/// What has no outcome yet.
fn restless(world: &World, books: &[Book]) -> Vec<String> {
    let mut found = Vec::new();
    for book in books {
        for route in &book.routes {
            let open = route.letters.iter().filter(|(_, outcome)| outcome.is_none()).count();
            if open > 0 {
                let number = route.number;
                found.push(format!("{open} letters of {} on route {number}", book.id));
            }
        }
        let silent = book.alarms.iter().filter(|alarm| alarm.times == 0);
        found.extend(silent.map(|alarm| format!("the alarm of {} by {}", book.id, alarm.op)));
        let open = book.asked.iter().filter(|asked| asked.outcome.is_none());
        found.extend(open.map(|asked| format!("what {} asked by {}", book.id, asked.op)));
    }
    let commands = &world.notes().commands;
    let open = commands.iter().filter(|(_, commanded)| commanded.outcome.is_none());
    found.extend(open.map(|(op, _)| format!("the owner's command {op}")));
    found
}

async fn read_all(world: &World, evidence: &mut Evidence) -> Vec<Book> {
    let mut books = Vec::new();
    for actor in 0..world.cast.len() {
        match read(world, actor).await {
            Ok(read) => books.extend(read),
            Err(error) => {
                let name = &world.cast[actor].name;
                evidence.faults.push(format!("the books of {name} cannot be read: {error}"));
            }
        }
    }
    books
}

/// The books of one of the cast and of its children.
pub async fn read(world: &World, actor: usize) -> Result<Vec<Book>> {
    world.handle(actor)?.ask().books().await
}

/// Compares what is told from memory with what is told after eviction and, in every other world,
/// after new starts.
async fn reload(world: &mut World, books: &[Book], evidence: &mut Evidence) {
    for actor in 0..world.cast.len() {
        let member = &world.cast[actor];
        let evicted = async {
            let client = world.client(member.machine)?;
            client.admin().ask().vat_evict(member.name.clone()).await
        };
        if let Err(error) = evicted.await {
            evidence.faults.push(format!("{} cannot be evicted: {error}", member.name));
        }
    }
    compare(world, books, "eviction", evidence).await;
    if world.random.one_in(2) {
        return;
    }
    for machine in 0..world.machines.len() {
        world.kill(machine);
    }
    world.end_faults().await;
    compare(world, books, "a new start", evidence).await;
}

async fn compare(world: &World, books: &[Book], after: &str, evidence: &mut Evidence) {
    let again = read_all(world, evidence).await;
    for (before, now) in books.iter().zip(&again) {
        if before != now {
            let id = before.id;
            evidence.reloads.push(format!("{id} after {after}: {before:?} became {now:?}"));
        }
    }
    if books.len() != again.len() {
        let (before, now) = (books.len(), again.len());
        evidence.reloads.push(format!("after {after}: {before} books became {now}"));
    }
}

/// Collects, and looks at what is left in each vat.
async fn look(world: &mut World, evidence: &mut Evidence) {
    world.pass(Duration::from_secs(10)).await;
    for actor in 0..world.cast.len() {
        if let Err(error) = look_at(world, actor, evidence).await {
            let name = &world.cast[actor].name;
            evidence.faults.push(format!("{name} cannot be looked at: {error}"));
        }
    }
    for machine in &world.machines {
        let Some(host) = machine.host() else { continue };
        match host.audit().await {
            Ok(found) => evidence.audit.extend(found),
            Err(error) => evidence.audit.push(error.to_string()),
        }
    }
}

async fn look_at(world: &World, actor: usize, evidence: &mut Evidence) -> Result<()> {
    let member = &world.cast[actor];
    let client = world.client(member.machine)?;
    client.admin().ask().collect(member.name.clone()).await?;
    let seen = client.admin().ask().vat_show(member.name.clone()).await?;
    evidence.vats.push(VatSeen {
        name: member.name.clone(),
        id: seen.info.id,
        machine: member.machine,
        actor: number(actor),
        objects: seen.objects.len(),
        // A fork is proof and no session.
        sessions: seen.sessions.into_iter().filter(|session| session.fork.is_none()).collect(),
    });
    Ok(())
}

/// The number in books of one of the cast.
fn number(actor: usize) -> u32 {
    u32::try_from(actor + 1).unwrap_or(u32::MAX)
}

/// Counts what only the books know.
fn count(mut met: Coverage, world: &World, books: &[Book]) -> Coverage {
    // Children live where their parents do, whose books come before theirs. Vat zero gives what
    // the owner gives.
    let (mut homes, mut home) = (BTreeMap::new(), (0, 0));
    for book in books {
        if let Some(member) = (book.id as usize).checked_sub(1).and_then(|n| world.cast.get(n)) {
            home = (member.machine, book.id);
        }
        homes.insert(book.id, home);
    }
    for book in books {
        met.alarms += book.alarms.iter().filter(|alarm| alarm.rang.is_some()).count() as u64;
        met.letters += book.heard.iter().map(|heard| heard.letters.len() as u64).sum::<u64>();
        for route in book.routes.iter().filter(|route| route.to == 0 || route.to >= FIRST_CHILD) {
            let told = |(_, outcome): &&(u64, Option<String>)| outcome.as_deref() == Some(TOLD);
            met.pipelined += route.letters.iter().filter(told).count() as u64;
        }
        let Some(here) = homes.get(&book.id) else { continue };
        for granted in &book.granted {
            let giver = homes.get(&granted.from).copied().unwrap_or((here.0, 0));
            let Some(there) = homes.get(&granted.to) else { continue };
            let differ =
                |one: u32, two: u32, three: u32| one != two && two != three && one != three;
            met.handoffs += u64::from(differ(here.1, giver.1, there.1));
            let machine = |home: (usize, u32)| u32::try_from(home.0).unwrap_or(0);
            let far = differ(machine(*here), machine(giver), machine(*there));
            met.far_handoffs += u64::from(far);
        }
    }
    met
}

/// Whether sessions between hosts outlive their carriers.
const DURABLE: bool = true;

/// Parties at the most after faults are over.
const PARTIES_MAX: u32 = 40;

/// How long an introduction may take among machines that have just lost each other.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often, and with which pauses, a world is looked at before it counts as restless.
const REST_LOOKS: u32 = 30;
const REST_PACE: Duration = Duration::from_secs(10);
