//! The player: see [`players`](super) for what it does.

use std::collections::{BTreeMap, BTreeSet};

use hogshead::stock::enliven::Enliven;
use hogshead::{Cap, Context, Error, Promise, Resolver, Result, SturdyRef, Value};
use serde::{Deserialize, Serialize};

use super::ledger::{Arrivals, Ledger};
use super::page::{Leaf, Page};
use crate::random::Random;

/// What players, their pages and their owner ask of a player.
#[hogshead::interface]
pub trait Player {
    /// Gives it its number, and the device that makes live references of sturdyrefs.
    fn sit(&mut self, cx: &mut Context<'_>, me: u32, enliven: Value) -> Result<()>;

    /// Makes it know another player.
    fn meet(&mut self, cx: &mut Context<'_>, number: u32, home: SturdyRef) -> Result<Promise<()>>;

    /// Has it play from now on, so many plays at a time.
    fn begin(&mut self, cx: &mut Context<'_>, plays: u32, seed: u64) -> Result<()>;

    /// Has it begin no play any more.
    fn rest(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// What it has done.
    fn ledger(&self, cx: &mut Context<'_>) -> Result<Ledger>;

    /// A numbered message of another player; gives the number back.
    fn take(&mut self, cx: &mut Context<'_>, from: u32, number: u64) -> Result<u64>;

    /// Makes a page.
    fn open(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Page>>;

    /// Has another player make a page.
    fn open_at(&mut self, cx: &mut Context<'_>, third: u32) -> Result<Promise<Cap<dyn Page>>>;

    /// Has it write on a page that it is handed; gives `token` back when the page is closed.
    fn write(
        &mut self,
        cx: &mut Context<'_>,
        page: Cap<dyn Page>,
        token: u64,
    ) -> Result<Promise<u64>>;

    /// One of its pages is closed; its writer says how many notes it wrote.
    fn closed(&mut self, cx: &mut Context<'_>, came: Arrivals, notes: u64) -> Result<()>;

    /// Something came to a page after its end.
    fn late(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// Answers at once, to its own player.
    fn echo(&mut self, cx: &mut Context<'_>, number: u64) -> Result<u64>;
}

/// A player.
#[derive(Serialize, Deserialize, Default)]
pub struct Restless {
    enliven: Option<Cap<dyn Enliven>>,
    peers: Vec<(u32, Cap<dyn Player>)>,
    playing: bool,
    seed: u64,
    /// Questions without an answer.
    due: BTreeSet<u64>,
    /// Pages that it is writing on.
    writings: BTreeMap<u64, Writing>,
    ledger: Ledger,
}

/// A page that is being written.
#[derive(Serialize, Deserialize)]
struct Writing {
    page: Cap<dyn Page>,
    notes: u64,
    stages: u64,
    /// Who handed the page over is told of its end; without him a play ends with it.
    whose: Option<(Resolver<u64>, u64)>,
}

/// What the answer to a question leads to.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum Next {
    Nothing,
    /// The play ends.
    End,
    /// More is written.
    Write(u64),
    /// A page is closed.
    Closed(u64),
}

#[hogshead::object(
    name = "restless", version = 1, continuations, construct = |_| Ok(Restless::default())
)]
impl Player for Restless {
    fn sit(&mut self, _: &mut Context<'_>, me: u32, enliven: Value) -> Result<()> {
        self.enliven = Some(hogshead::codec::from_value(enliven)?);
        self.ledger.me = me;
        Ok(())
    }

    fn meet(&mut self, cx: &mut Context<'_>, number: u32, home: SturdyRef) -> Result<Promise<()>> {
        let enliven = self.enliven.ok_or_else(|| Error::refused("it does not sit yet"))?;
        let found = enliven.send(cx).enliven(home)?.cast::<Cap<dyn Player>>();
        found.then(cx, Self::met, number)
    }

    fn begin(&mut self, cx: &mut Context<'_>, plays: u32, seed: u64) -> Result<()> {
        (self.playing, self.seed) = (true, seed);
        for _ in 0..plays {
            self.play(cx)?;
        }
        Ok(())
    }

    fn rest(&mut self, _: &mut Context<'_>) -> Result<()> {
        self.playing = false;
        Ok(())
    }

    fn ledger(&self, _: &mut Context<'_>) -> Result<Ledger> {
        let mut ledger = self.ledger.clone();
        ledger.answers.waiting = self.due.len() as u64;
        Ok(ledger)
    }

    fn take(&mut self, _: &mut Context<'_>, from: u32, number: u64) -> Result<u64> {
        self.ledger.peer(from).came.note(number);
        Ok(number)
    }

    fn open(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Page>> {
        self.ledger.pages.opened += 1;
        let this = cx.this()?;
        cx.spawn(Leaf::new(this))
    }

    fn open_at(&mut self, cx: &mut Context<'_>, third: u32) -> Result<Promise<Cap<dyn Page>>> {
        let third = self.peers.iter().find(|(number, _)| *number == third);
        let (_, third) = third.ok_or_else(|| Error::refused("it does not know that player"))?;
        third.send(cx).open()
    }

    fn write(
        &mut self,
        cx: &mut Context<'_>,
        page: Cap<dyn Page>,
        token: u64,
    ) -> Result<Promise<u64>> {
        let (promise, resolver) = cx.promise()?;
        self.begin_page(cx, page, Some((resolver, token)))?;
        Ok(promise)
    }

    fn closed(&mut self, _: &mut Context<'_>, came: Arrivals, notes: u64) -> Result<()> {
        let pages = &mut self.ledger.pages;
        pages.closed += 1;
        pages.notes += came.count;
        pages.disorder += came.missing + came.repeated + notes.abs_diff(came.last);
        Ok(())
    }

    fn late(&mut self, _: &mut Context<'_>) -> Result<()> {
        self.ledger.pages.late += 1;
        Ok(())
    }

    fn echo(&mut self, _: &mut Context<'_>, number: u64) -> Result<u64> {
        Ok(number)
    }
}

#[hogshead::continuations]
impl Restless {
    #[continuation]
    fn met(
        &mut self,
        cx: &mut Context<'_>,
        found: Result<Cap<dyn Player>>,
        number: u32,
    ) -> Result<()> {
        let found = found?;
        if self.peers.iter().all(|(known, _)| *known != number) {
            self.peers.push((number, found));
            self.ledger.peer(number);
            let _ = found.on_sever(cx)?.then(cx, Self::lost, number)?;
        }
        Ok(())
    }

    #[continuation]
    fn lost(&mut self, _: &mut Context<'_>, why: Result<Error>, number: u32) -> Result<()> {
        self.ledger.severed += 1;
        // What cannot succeed any more is not tried again and again.
        self.playing = false;
        self.complain(&format!("the session with {number} ended: {why:?}"));
        Ok(())
    }

    #[continuation]
    fn answered(
        &mut self,
        cx: &mut Context<'_>,
        answer: Result<u64>,
        question: u64,
        expected: u64,
        next: Next,
    ) -> Result<()> {
        let due = self.due.remove(&question);
        let answers = &mut self.ledger.answers;
        match &answer {
            Ok(number) if due && *number == expected => answers.told += 1,
            Ok(number) => {
                answers.strange += 1;
                self.complain(&format!("{number} for {expected}, waited for: {due}"));
            }
            Err(error) => {
                answers.broken += 1;
                self.playing = false;
                self.complain(&error.to_string());
            }
        }
        match next {
            Next::Nothing => Ok(()),
            Next::End => self.end(cx),
            Next::Write(writing) => self.write_on(cx, writing),
            Next::Closed(writing) => self.page_closed(cx, writing, answer.err()),
        }
    }

    #[continuation]
    fn got_page(
        &mut self,
        cx: &mut Context<'_>,
        page: Result<Cap<dyn Page>>,
        to: usize,
    ) -> Result<()> {
        match page {
            Ok(page) => self.hand(cx, page, to),
            Err(error) => {
                self.playing = false;
                self.complain(&error.to_string());
                self.end(cx)
            }
        }
    }
}

impl Restless {
    /// Begins a play, unless it rests.
    fn play(&mut self, cx: &mut Context<'_>) -> Result<()> {
        if !self.playing || self.peers.is_empty() {
            return Ok(());
        }
        self.ledger.begun += 1;
        let to = self.any_peer();
        let (other, peer) = self.peers[to];
        match self.random(4) {
            0 => {
                self.ledger.kinds.bursts += 1;
                self.burst(cx, to)
            }
            1 => {
                self.ledger.kinds.pipelined += 1;
                let page = peer.send(cx).open()?.cap();
                self.begin_page(cx, page, None)
            }
            2 => {
                self.ledger.kinds.forwarded += 1;
                // A third player, or this one itself: then the page comes home.
                let third = self.any_peer();
                let third = self.peers[third].0;
                let third = if third == other { self.ledger.me } else { third };
                let page = peer.send(cx).open_at(third)?.cap();
                self.begin_page(cx, page, None)
            }
            _ => {
                self.ledger.kinds.handed += 1;
                let from = self.any_peer();
                let page = self.peers[from].1.send(cx).open()?;
                // The promise of a page, or the page itself.
                if self.random(2) == 0 {
                    return self.hand(cx, page.cap(), to);
                }
                let _ = page.then(cx, Self::got_page, to)?;
                Ok(())
            }
        }
    }

    /// Ends a play, and begins the next one.
    fn end(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.ledger.ended += 1;
        self.play(cx)
    }

    /// Numbered messages to a player, some of which want no answer.
    fn burst(&mut self, cx: &mut Context<'_>, to: usize) -> Result<()> {
        for _ in 0..self.random(BURST_MAX) {
            if self.random(2) == 0 {
                self.address(cx, to, Next::Nothing)?;
            } else {
                let (number, peer) = self.peers[to];
                let (me, sent) = (self.ledger.me, self.next_to(number));
                peer.tell(cx).take(me, sent)?;
            }
        }
        self.address(cx, to, Next::End)
    }

    /// One numbered question to a player.
    fn address(&mut self, cx: &mut Context<'_>, to: usize, next: Next) -> Result<()> {
        let (number, peer) = self.peers[to];
        let (me, sent) = (self.ledger.me, self.next_to(number));
        let answer = peer.send(cx).take(me, sent)?;
        self.ask(cx, answer, sent, next)
    }

    fn next_to(&mut self, number: u32) -> u64 {
        let peer = self.ledger.peer(number);
        peer.sent += 1;
        peer.sent
    }

    fn hand(&mut self, cx: &mut Context<'_>, page: Cap<dyn Page>, to: usize) -> Result<()> {
        let token = self.random(u64::from(u32::MAX));
        let answer = self.peers[to].1.send(cx).write(page, token)?;
        self.ask(cx, answer, token, Next::End)
    }

    fn begin_page(
        &mut self,
        cx: &mut Context<'_>,
        page: Cap<dyn Page>,
        whose: Option<(Resolver<u64>, u64)>,
    ) -> Result<()> {
        self.ledger.written.begun += 1;
        let writing = self.ledger.written.begun;
        let stages = self.random(STAGES_MAX);
        self.writings.insert(writing, Writing { page, notes: 0, stages, whose });
        self.write_on(cx, writing)
    }

    /// Writes some notes; then more once something is answered, or the end.
    fn write_on(&mut self, cx: &mut Context<'_>, writing: u64) -> Result<()> {
        let page = self.writing(writing)?.page;
        for _ in 0..self.random(NOTES_MAX) {
            let number = self.next_note(writing)?;
            if self.random(2) == 0 {
                page.tell(cx).note(number)?;
            } else {
                let answer = page.send(cx).note(number)?;
                self.ask(cx, answer, number, Next::Nothing)?;
            }
        }
        let open = self.writing(writing)?;
        if open.stages == 0 {
            let notes = open.notes;
            let answer = page.send(cx).close(notes)?;
            return self.ask(cx, answer, notes, Next::Closed(writing));
        }
        open.stages -= 1;
        // What the next notes wait for may come before the page is known, with it, or after it.
        match self.random(3) {
            0 => {
                let answer = cx.this::<dyn Player>()?.send(cx).echo(writing)?;
                self.ask(cx, answer, writing, Next::Write(writing))
            }
            1 => {
                let to = self.any_peer();
                self.address(cx, to, Next::Write(writing))
            }
            _ => {
                let number = self.next_note(writing)?;
                let answer = page.send(cx).note(number)?;
                self.ask(cx, answer, number, Next::Write(writing))
            }
        }
    }

    fn page_closed(
        &mut self,
        cx: &mut Context<'_>,
        writing: u64,
        failed: Option<Error>,
    ) -> Result<()> {
        let Some(written) = self.writings.remove(&writing) else {
            return Ok(());
        };
        self.ledger.written.closed += u64::from(failed.is_none());
        match (written.whose, failed) {
            (None, _) => self.end(cx),
            (Some((resolver, token)), None) => resolver.fulfill(cx, token),
            (Some((resolver, _)), Some(error)) => resolver.break_(cx, error),
        }
    }

    fn writing(&mut self, writing: u64) -> Result<&mut Writing> {
        self.writings.get_mut(&writing).ok_or_else(|| Error::refused("that page is closed"))
    }

    fn next_note(&mut self, writing: u64) -> Result<u64> {
        let open = self.writing(writing)?;
        open.notes += 1;
        let number = open.notes;
        self.ledger.written.notes += 1;
        Ok(number)
    }

    /// Waits for the answer to a question.
    fn ask(
        &mut self,
        cx: &mut Context<'_>,
        answer: Promise<u64>,
        expected: u64,
        next: Next,
    ) -> Result<()> {
        self.ledger.answers.asked += 1;
        let question = self.ledger.answers.asked;
        self.due.insert(question);
        let _ = answer.then(cx, Self::answered, (question, expected, next))?;
        Ok(())
    }

    fn complain(&mut self, what: &str) {
        if self.ledger.complaints.len() < COMPLAINTS_MAX {
            self.ledger.complaints.push(what.to_owned());
        }
    }

    fn any_peer(&mut self) -> usize {
        self.random(self.peers.len() as u64) as usize
    }

    fn random(&mut self, bound: u64) -> u64 {
        let mut random = Random::new(self.seed);
        let drawn = random.below(bound);
        // Drawn apart from the number given, whose remainder would show in the next one.
        self.seed = random.next_u64();
        drawn
    }
}

/// Messages of one burst, besides the last.
const BURST_MAX: u64 = 12;

/// Times that a page is left and come back to.
const STAGES_MAX: u64 = 4;

/// Notes of one stage.
const NOTES_MAX: u64 = 4;

/// Errors whose text is kept.
const COMPLAINTS_MAX: usize = 6;
