//! The story: what Alice and Bob do, and what must come of it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, Instant};

use hogshead::SturdyRef;
use hogshead::admin::{Revocation, VatInfo};
use hogshead::grant::Caveats;
use hogshead::{Message, Value};

use super::disk::Disk;
use super::link::Link;
use super::narrator::{Narrator, ensure};
use super::process::HostProcess;
use crate::cli::failure::{Exit, Failure};
use crate::cli::json;
use crate::cli::output::short;
use crate::cli::owner::Owner;

/// Tells the story in `folder`, which it fills and does not clean.
pub async fn tell(narrator: &mut Narrator, folder: &Path) -> Result<(), Failure> {
    let mut play = two_hosts(narrator, folder).await?;
    share(narrator, &play).await?;
    call(narrator, &mut play).await?;
    pipeline(narrator, &mut play).await?;
    refuse(narrator, &play).await?;
    evict(narrator, &mut play).await?;
    let mut play = crash(narrator, play).await?;
    go_on(narrator, &mut play).await?;
    revoke(narrator, &play).await?;
    end(narrator, play).await
}

/// The hosts, the way between them, and the count as it must be.
struct Play {
    alice: HostProcess,
    bob: HostProcess,
    link: Link,
    count: u64,
}

async fn two_hosts(narrator: &mut Narrator, folder: &Path) -> Result<Play, Failure> {
    narrator.step("Two hosts start, as processes of their own")?;
    let link = Link::open(DELAY).await.map_err(|error| Failure::stream("use UDP", &error))?;
    let (alice, bob) = (folder.join("alice"), folder.join("bob"));
    let (alice, bob) = tokio::try_join!(
        HostProcess::start(&alice, FREE_PORT, Some(link.address())),
        HostProcess::start(&bob, FREE_PORT, None),
    )?;
    link.lead_to(alice.listening());
    for (whose, host) in [("Alice's", &alice), ("Bob's", &bob)] {
        let (pid, data) = (host.pid(), host.data().display());
        narrator.say(&format!("{whose} host is process {pid}, its data in {data}"))?;
    }
    let delay = DELAY.as_millis();
    narrator.say(&format!(
        "they speak QUIC over UDP, through a relay at {} that takes {delay} ms each way",
        link.address()
    ))?;
    Ok(Play { alice, bob, link, count: 0 })
}

async fn share(narrator: &mut Narrator, play: &Play) -> Result<(), Failure> {
    narrator.step("Alice makes a counter, and grants Bob to increment it, by ten at the most")?;
    let (alice, bob) = (play.alice.owner(), play.bob.owner());
    let vat = alice.wait(alice.client().admin().ask().vat_new(VAT.into())).await?;
    let counter = spawn(alice, "hogshead/counter", Value::Undefined, COUNTER).await?;
    narrator.say(&format!("vat `{VAT}` has the key {}, and a counter in it", short(&vat.id)))?;

    let small = "0<=10".parse().map_err(|error| Failure::from_answer(&error))?;
    let caveats = Caveats::new().methods(["increment"]).rule(small);
    narrator.say(&format!("the grant is for: {caveats}"))?;
    let for_bob = grant(alice, counter, caveats).await?;
    give(bob, COUNTER, for_bob.clone()).await?;
    narrator.say("Alice wrote down a sturdyref for Bob, who keeps it under a name of his own")?;

    let facet = alice.enliven(for_bob).await?;
    let board = spawn(alice, "hogshead/cell", facet, BOARD).await?;
    let for_bob = grant(alice, board, Caveats::new().methods(["get"])).await?;
    give(bob, BOARD, for_bob).await?;
    narrator.say("and so for a board, a cell that Bob may read, on which she put the same facet")
}

async fn call(narrator: &mut Narrator, play: &mut Play) -> Result<(), Failure> {
    narrator.step("Bob calls it")?;
    let began = Instant::now();
    increment(play, 1).await?;
    let first = ms(began);
    let began = Instant::now();
    increment(play, 2).await?;
    let second = ms(began);
    narrator.say(&format!(
        "1 and 2 make {}: {first} ms with the connection made for it, then {second} ms, two round \
         trips (fetch the object, call it)",
        play.count
    ))?;
    let read = read(play.alice.owner()).await?;
    ensure(read == play.count, || format!("Alice to read {}, not {read}", play.count))?;
    narrator.say(&format!("Alice reads {read} at her end"))
}

async fn pipeline(narrator: &mut Narrator, play: &mut Play) -> Result<(), Failure> {
    narrator.step("Bob sends a message to the promise of an answer, before the answer is there")?;
    let bob = play.bob.owner();
    let board = bob.lookup(BOARD).await?;

    let began = Instant::now();
    let facet = bob.call(&board, get()).await?;
    let answer = bob.call(&facet, by(10)).await?;
    let one_by_one = ms(began);
    play.count += 10;
    expect(&answer, play.count)?;

    let began = Instant::now();
    let (_, answer) = bob.call_promised(&board, get(), by(10)).await?;
    let at_once = ms(began);
    play.count += 10;
    expect(&answer, play.count)?;
    narrator.say(&format!(
        "reading the board, then incrementing what is on it: {one_by_one} ms, two round trips"
    ))?;
    narrator.say(&format!("both at once, the second to the first's promise: {at_once} ms, one"))?;

    // The proof: nothing can come back from Alice, and yet the second message does its work.
    play.link.hold();
    let count = play.count + 10;
    let done_meanwhile = async {
        wait_until(|| async { Ok(read(play.alice.owner()).await? == count) }).await?;
        play.link.release();
        Ok(())
    };
    let promised = bob.call_promised(&board, get(), by(10));
    let ((_, answer), ()) = tokio::try_join!(promised, done_meanwhile)?;
    play.count = count;
    expect(&answer, count)?;
    narrator.say(&format!(
        "with the way back shut, Alice's counter went to {count}: no answer had left her host yet"
    ))
}

async fn refuse(narrator: &mut Narrator, play: &Play) -> Result<(), Failure> {
    narrator.step("Bob tries what was not granted")?;
    let bob = play.bob.owner();
    let counter = bob.lookup(COUNTER).await?;
    let failure = refused(bob.call(&counter, Message::new("read", [])).await, "denied")?;
    narrator.say(&format!("read: {}", failure.wrong()))?;
    let failure = refused(bob.call(&counter, by(11)).await, "denied")?;
    narrator.say(&format!("increment by 11: {}", failure.wrong()))?;
    let board = bob.lookup(BOARD).await?;
    let message = Message::new("set", [Value::Null]);
    let failure = refused(bob.call(&board, message).await, "denied")?;
    narrator.say(&format!("set on the board: {}", failure.wrong()))?;
    let read = read(play.alice.owner()).await?;
    ensure(read == play.count, || format!("the count to stay {}, not {read}", play.count))
}

async fn evict(narrator: &mut Narrator, play: &mut Play) -> Result<(), Failure> {
    narrator.step("Alice's vat is evicted, and a message revives it")?;
    let alice = play.alice.owner();
    // What Bob's host lets go of after his last call still travels, and wakes the vat again: so it
    // is evicted until nothing comes any more.
    let began = Instant::now();
    let vat = loop {
        let vat = alice.wait(alice.client().admin().ask().vat_evict(VAT.into())).await?;
        tokio::time::sleep(3 * DELAY).await;
        let seen = state(alice).await?;
        if vat.state != WARM && seen.state == vat.state {
            break vat;
        }
        ensure(began.elapsed() < PATIENCE, || format!("it to stay evicted, not {}", seen.state))?;
    };
    narrator.say(&format!("it is {}: none of its objects is in memory", vat.state))?;
    let began = Instant::now();
    increment(play, 1).await?;
    let took = ms(began);
    let vat = state(play.alice.owner()).await?;
    ensure(vat.state == WARM, || format!("the vat to be warm, not {}", vat.state))?;
    narrator.say(&format!(
        "Bob's call took {took} ms and gave {}; the vat is {}",
        play.count, vat.state
    ))
}

async fn crash(narrator: &mut Narrator, mut play: Play) -> Result<Play, Failure> {
    narrator.step("Alice's host is killed with SIGKILL, and started again")?;
    increment(&mut play, 1).await?;
    let Play { alice, bob, link, count } = play;
    let owner = alice.owner();
    let durable = owner.wait(owner.client().admin().ask().key()).await?.durable;
    let (data, pid, listening) = (alice.data().to_owned(), alice.pid(), alice.listening());
    let before = Disk::look(&data.join("store"))?;
    narrator.say(&format!("Bob was told {count}; on the disk lie {}", before.describe()))?;

    let status = alice.kill().await?;
    ensure(status.code().is_none(), || format!("the process to be killed, not {status}"))?;
    let after = Disk::look(&data.join("store"))?;
    let journal = after.bytes("journal/");
    ensure(journal > 0, || "a journal on the disk".to_owned())?;
    narrator.say(&format!("process {pid} is dead; on the disk lie {}", after.describe()))?;
    let newest = check_store(&data).await?;
    ensure(newest >= durable, || format!("commit {durable} on the disk, not only {newest}"))?;
    narrator.say(&format!(
        "`store check` reads it all: commits up to {newest}, {durable} had been reported durable"
    ))?;

    narrator.say("Bob calls while nobody is there")?;
    let asked = async { bob.owner().call(&bob.owner().lookup(COUNTER).await?, by(1)).await };
    let began = Instant::now();
    let started = async {
        tokio::time::sleep(2 * DELAY).await;
        let alice = HostProcess::start(&data, listening, Some(link.address())).await?;
        Ok::<_, Failure>((alice, Instant::now()))
    };
    let (answer, (alice, back)) = tokio::try_join!(asked, started)?;
    let waited = ms(back);
    let count = count + 1;
    expect(&answer, count)?;
    let owner = alice.owner();
    let recovered = owner.wait(owner.client().admin().ask().key()).await?.commit;
    ensure(recovered >= newest, || format!("commit {newest} back, not only {recovered}"))?;
    narrator.say(&format!(
        "as process {} it listens on {listening} again after {} ms",
        alice.pid(),
        (back - began).as_millis()
    ))?;
    narrator.say(&format!("Bob's call gave {count}, {waited} ms after that"))?;
    Ok(Play { alice, bob, link, count })
}

async fn go_on(narrator: &mut Narrator, play: &mut Play) -> Result<(), Failure> {
    narrator.step("The count goes on in the same session")?;
    let began = Instant::now();
    increment(play, 1).await?;
    narrator.say(&format!("Bob's next call gave {}, {} ms later", play.count, ms(began)))?;
    let read = read(play.alice.owner()).await?;
    ensure(read == play.count, || format!("Alice to read {}, not {read}", play.count))?;
    narrator.say(&format!("Alice reads {read}: nothing was lost, and nothing done twice"))
}

async fn revoke(narrator: &mut Narrator, play: &Play) -> Result<(), Failure> {
    narrator.step("Alice sees what Bob did with it, and revokes it")?;
    let (alice, bob) = (play.alice.owner(), play.bob.owner());
    let reference = alice.lookup(COUNTER).await?;
    let granted = alice.wait(alice.client().admin().ask().grants_of(reference.clone())).await?;
    let his = granted.iter().find(|grant| grant.label == LABEL);
    let (used, denied) = his.map_or((0, 0), |grant| (grant.used, grant.denied));
    ensure(denied == 2, || format!("two uses in vain, not {denied}"))?;
    narrator.say(&format!("{LABEL}: used {used} times, {denied} times in vain"))?;
    let revocation = Revocation { reference, label: Some(LABEL.to_owned()), deep: false };
    let count = alice.wait(alice.client().admin().ask().revoke(revocation)).await?;
    ensure(count == 1, || format!("1 facet to be revoked, not {count}"))?;
    let answer = async { bob.call(&bob.lookup(COUNTER).await?, by(1)).await };
    let failure = refused(answer.await, "revoked")?;
    narrator.say(&format!("Bob's call: {}", failure.wrong()))?;
    let read = read(alice).await?;
    ensure(read == play.count, || format!("the count to stay {}, not {read}", play.count))?;
    narrator.say(&format!("Alice's own reference still works: {read}"))
}

async fn end(narrator: &mut Narrator, play: Play) -> Result<(), Failure> {
    narrator.step("Both hosts stop when they are told to")?;
    let (alice, bob) = tokio::try_join!(play.alice.stop(), play.bob.stop())?;
    ensure(alice.success() && bob.success(), || format!("exit codes 0, not {alice}, {bob}"))
}

async fn spawn(owner: &Owner, kind: &str, init: Value, name: &str) -> Result<Value, Failure> {
    let admin = owner.client().admin();
    owner.wait(admin.ask().spawn(VAT.into(), kind.into(), init, Some(name.into()))).await
}

/// Makes a grant for Bob.
async fn grant(owner: &Owner, object: Value, caveats: Caveats) -> Result<SturdyRef, Failure> {
    owner.wait(owner.client().admin().ask().grant(object, caveats.label(LABEL))).await
}

async fn give(owner: &Owner, name: &str, sturdyref: SturdyRef) -> Result<(), Failure> {
    let value = Value::SturdyRef(Box::new(sturdyref));
    owner.wait(owner.client().admin().ask().name(name.into(), value)).await
}

/// Has Bob increment the counter, and checks what he is told.
async fn increment(play: &mut Play, step: u64) -> Result<(), Failure> {
    let bob = play.bob.owner();
    let counter = bob.lookup(COUNTER).await?;
    let answer = bob.call(&counter, by(step)).await?;
    play.count += step;
    expect(&answer, play.count)
}

/// Has Alice read her counter.
async fn read(alice: &Owner) -> Result<u64, Failure> {
    let counter = alice.lookup(COUNTER).await?;
    let answer = alice.call(&counter, Message::new("read", [])).await?;
    let count = json::from_value(&answer).as_u64();
    count.ok_or_else(|| {
        Failure::new(Exit::Refused, "expected a count of the counter", "please report it")
    })
}

async fn state(alice: &Owner) -> Result<VatInfo, Failure> {
    Ok(alice.wait(alice.client().admin().ask().vat_show(VAT.into())).await?.info)
}

fn get() -> Message {
    Message::new("get", [])
}

fn by(step: u64) -> Message {
    Message::new("increment", [Value::from(step)])
}

fn expect(answer: &Value, count: u64) -> Result<(), Failure> {
    let answer = json::from_value(answer);
    ensure(answer.as_u64() == Some(count), || format!("the answer {count}, not {answer}"))
}

/// The failure of a call that had to fail for this reason.
fn refused(answer: Result<Value, Failure>, class: &str) -> Result<Failure, Failure> {
    match answer {
        Err(failure) if failure.class() == class => Ok(failure),
        Err(failure) => Err(failure.context(format!("expected `{class}`"))),
        Ok(_) => ensure(false, || format!("a refusal, `{class}`")).map(|()| unreachable!()),
    }
}

/// Asks again and again until it is so.
async fn wait_until<F, T>(so: F) -> Result<(), Failure>
where
    F: Fn() -> T,
    T: Future<Output = Result<bool, Failure>>,
{
    let began = Instant::now();
    while !so().await? {
        ensure(began.elapsed() < PATIENCE, || "something that has not come".to_owned())?;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

/// Runs `hogshead store check` on the store of a dead host; gives its newest commit.
async fn check_store(data: &Path) -> Result<u64, Failure> {
    let program = std::env::current_exe()
        .map_err(|error| Failure::stream("find this program's own file", &error))?;
    let mut command = tokio::process::Command::new(program);
    command.args(["store", "check", "--json", "--data"]).arg(data).kill_on_drop(true);
    let output = command.output().await;
    let output = output.map_err(|error| Failure::stream("run store check", &error))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure(output.status.success(), || format!("a sound store, not: {}", said.trim()))?;
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let newest = report["newest"].as_u64();
    newest.ok_or_else(|| {
        Failure::new(Exit::Refused, "expected a commit of `store check`", "please report it")
    })
}

fn ms(since: Instant) -> u128 {
    since.elapsed().as_millis()
}

const VAT: &str = "shop";
const COUNTER: &str = "visits";
const BOARD: &str = "board";
const LABEL: &str = "for Bob";
const WARM: &str = "warm";

/// How long the relay takes in each direction: enough to see round trips in the times.
const DELAY: Duration = Duration::from_millis(20);

const FREE_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// How long the story waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(20);
