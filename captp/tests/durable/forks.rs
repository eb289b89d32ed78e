//! Forks: each is seen at the first contact that can show it, and no innocent history is one.
//!
//! The oracle knows both sides' whole logs. Two sides can go on together if each has received the
//! beginning of what the other has sent, and no less than that one was told. If they cannot, one of
//! them must see it by the two hellos.

use std::cell::Cell;
use std::collections::VecDeque;

use bytes::Bytes;
use hogshead_captp::durable::{
    Comparison, Evidence, Frame, Incarnation, Link, LinkError, Mark, evidence, put_evidence,
};

use crate::random::{Random, is_unusual, seeds};
use crate::side::{ID, Side, fulfill, hello, tell};

/// One store with a process on it: what is durable, what is not yet, and what waits for that.
#[derive(Clone)]
struct Node {
    durable: State,
    live: State,
    /// Turns that are not durable, with the frames that wait for them.
    turns: VecDeque<(State, Vec<Bytes>)>,
}

#[derive(Clone)]
struct State {
    side: Side,
    sent: Vec<u64>,
    next: u64,
}

impl Node {
    fn pair() -> [Self; 2] {
        let (sides, _) = Side::pair();
        let mut first = 0;
        sides.map(|side| {
            first += 1_000_000;
            let state = State { side, sent: Vec::new(), next: first };
            Self { durable: state.clone(), live: state, turns: VecDeque::new() }
        })
    }

    fn commit(&mut self, frames: Vec<Bytes>) {
        self.turns.push_back((self.live.clone(), frames));
    }

    /// Makes the oldest turn durable; its frames may leave.
    fn sync(&mut self) -> Vec<Bytes> {
        let Some((state, frames)) = self.turns.pop_front() else { return Vec::new() };
        self.durable = state;
        frames
    }

    fn sync_all(&mut self) -> Vec<Bytes> {
        let mut frames = Vec::new();
        while !self.turns.is_empty() {
            frames.extend(self.sync());
        }
        frames
    }

    fn crash(&mut self) {
        self.turns.clear();
        self.live = self.durable.clone();
    }
}

/// Two nodes, perhaps a carrier between them, and links that live as long as their processes.
struct Pair {
    nodes: [Node; 2],
    links: [Link; 2],
    /// What each process was told of, perhaps without a turn.
    noted: [u64; 2],
    wires: Option<[VecDeque<Bytes>; 2]>,
}

impl Pair {
    fn new(nodes: [Node; 2]) -> Self {
        let links = nodes.each_ref().map(|node| node.live.side.link());
        Self { nodes, links, noted: [0; 2], wires: None }
    }

    /// What the oracle says of two sides that meet, whose hellos say what is committed.
    fn can_go_on(&self) -> bool {
        let [one, two] = self.nodes.each_ref().map(|node| &node.live);
        let starts = |log: &[u64], of: &[u64]| of.starts_with(log);
        let settled = |link: &Link| link.sent().number - link.backlog().numbered;
        let told = |side: usize| self.noted[side].max(settled(&self.links[side]));
        let [from, to] = &self.links;
        starts(&two.side.applied, &one.sent)
            && starts(&one.side.applied, &two.sent)
            && told(0) <= to.received().number
            && told(1) <= from.received().number
    }

    /// A new carrier: both say hello, and each hears the other's.
    fn meet(&mut self) -> Result<(), Vec<LinkError>> {
        for node in &mut self.nodes {
            node.sync_all();
        }
        let known = self.links.each_ref().map(Link::is_established);
        let hellos = self.links.each_ref().map(hello);
        let mut errors = Vec::new();
        let mut wires = [VecDeque::new(), VecDeque::new()];
        for side in [1, 0] {
            let other = 1 - side;
            // Who did not know the first hello's side says its own after it.
            let theirs = match known[other] {
                true => hellos[other].clone(),
                false => hello(&self.links[other]),
            };
            let (link, node) = (&mut self.links[side], &mut self.nodes[side]);
            match link.resume(&theirs, &mut node.live.side.rows) {
                Ok(()) => {
                    link.flush(&mut node.live.side.rows);
                    let rows = &node.live.side.rows;
                    let new = link.take_frames().len();
                    let (mut frames, mut after) = (Vec::new(), Some(theirs.received.number));
                    while let Some(number) = after {
                        let (some, next) = link.resend(number, 500, rows).unwrap();
                        frames.extend(some);
                        after = next;
                    }
                    assert!(new <= frames.len(), "what was numbered just now is sent again");
                    log_sent(node, &frames);
                    node.commit(Vec::new());
                    wires[side].extend(frames);
                    node.sync_all();
                }
                Err(error) => errors.push(error),
            }
        }
        self.wires = Some(wires);
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    fn act(&mut self, random: &mut Random) {
        let side = random.below(2);
        let (node, link) = (&mut self.nodes[side], &mut self.links[side]);
        match random.below(12) {
            0..4 => {
                node.live.next += 1;
                let number = node.live.next;
                let operation = if random.one_in(3) { fulfill(number) } else { tell(number) };
                let frames = node.live.side.send(link, operation);
                log_sent(node, &frames);
                node.commit(frames);
            }
            4..7 => {
                let frames = node.sync();
                if let Some(wires) = &mut self.wires {
                    wires[side].extend(frames);
                }
            }
            7..11 => self.hear(side, random),
            _ => {
                link.grant(u64::try_from(random.below(8)).unwrap());
                let ack = link.ack();
                node.commit(vec![ack]);
            }
        }
    }

    /// What the other side has said arrives.
    fn hear(&mut self, side: usize, random: &mut Random) {
        let Some(wires) = &mut self.wires else { return };
        let Some(frame) = wires[1 - side].pop_front() else { return };
        let (node, link) = (&mut self.nodes[side], &mut self.links[side]);
        if let Ok(Frame::Ack { received, .. }) = Frame::decode(&frame) {
            self.noted[side] = self.noted[side].max(received.number);
        }
        let due = node.live.side.take(link, &frame);
        let due = due.unwrap_or_else(|error| panic!("innocent: {error}"));
        let mut frames = Vec::new();
        if due || random.one_in(4) {
            frames = node.live.side.settle(link);
            log_sent(node, &frames);
        }
        frames.push(link.ack());
        node.commit(frames);
    }

    fn lose_carrier(&mut self) {
        self.wires = None;
    }

    fn crash(&mut self, side: usize) {
        self.lose_carrier();
        self.nodes[side].crash();
        self.noted[side] = 0;
        self.links[side] = self.nodes[side].live.side.link();
    }

    /// One store is put back to an earlier state, or is a copy of it.
    fn put_back(&mut self, side: usize, to: State) {
        self.lose_carrier();
        self.noted[side] = 0;
        self.nodes[side] = Node { durable: to.clone(), live: to, turns: VecDeque::new() };
        self.links[side] = self.nodes[side].live.side.link();
    }
}

/// What has got its number, in that order.
fn log_sent(node: &mut Node, frames: &[Bytes]) {
    for frame in frames {
        let Ok(Frame::Operation { number, payload, .. }) = Frame::decode(frame) else { continue };
        let at = usize::try_from(number).unwrap() - 1;
        let token = crate::side::number_of(&Link::operation(&payload).unwrap());
        match node.live.sent.get(at) {
            Some(known) => assert_eq!(*known, token, "a number is used once"),
            None => {
                assert_eq!(node.live.sent.len(), at, "numbers follow each other");
                node.live.sent.push(token);
            }
        }
    }
}

fn step(pair: &mut Pair, random: &mut Random) {
    match random.below(40) {
        0 => pair.lose_carrier(),
        1 => pair.crash(random.below(2)),
        2..4 if pair.wires.is_none() => {
            assert!(pair.can_go_on(), "the oracle errs: this history is innocent");
            if let Err(errors) = pair.meet() {
                panic!("an innocent history is called: {errors:?}");
            }
        }
        _ => pair.act(random),
    }
}

#[test]
fn no_innocent_history_is_a_fork() {
    let applied = Cell::new(0);
    let applied_ref = std::panic::AssertUnwindSafe(&applied);
    seeds(80, |random| {
        let mut pair = Pair::new(Node::pair());
        for _ in 0..400 {
            step(&mut pair, random);
        }
        let all: usize = pair.nodes.iter().map(|node| node.live.side.applied.len()).sum();
        applied_ref.set(applied_ref.get() + all);
    });
    assert!(is_unusual() || applied.get() > 1000, "much arrives: {}", applied.get());
}

#[test]
fn every_fork_is_seen_by_the_first_two_hellos_that_can_show_it() {
    let counts = Cell::new((0, 0));
    let counts_ref = std::panic::AssertUnwindSafe(&counts);
    seeds(250, |random| {
        let mut pair = Pair::new(Node::pair());
        let mut copies = vec![pair.nodes.each_ref().map(|node| node.durable.clone())];
        for _ in 0..random.below(300) {
            step(&mut pair, random);
            if random.one_in(30) {
                copies.push(pair.nodes.each_ref().map(|node| node.durable.clone()));
            }
        }
        // One of the stores, or both, go on from an earlier state, apart for a while.
        for side in 0..2 {
            if side == 0 || random.one_in(3) {
                let copy = random.pick(&copies).unwrap();
                let mut copy = copy[side].clone();
                copy.next += 500_000;
                pair.put_back(side, copy);
            }
        }
        for _ in 0..random.below(10) {
            pair.act(random);
        }
        let can_go_on = pair.can_go_on();
        let (forks, rest) = counts_ref.get();
        match pair.meet() {
            Ok(()) => {
                assert!(can_go_on, "a fork was not seen");
                counts_ref.set((forks, rest + 1));
            }
            Err(errors) => {
                assert!(!can_go_on, "an innocent meeting is called {errors:?}");
                assert!(errors.iter().all(|error| matches!(error, LinkError::Fork(_))));
                counts_ref.set((forks + 1, rest));
            }
        }
    });
    let (forks, rest) = counts.get();
    assert!(is_unusual() || (forks > 60 && rest > 12), "{forks} forks, {rest} that are none");
}

/// Two sides that have exchanged a little; `said` has the frames of the first one.
fn acquainted() -> ([Side; 2], [Link; 2], Vec<Bytes>) {
    let ([mut alice, mut bob], [mut from, mut to]) = Side::joined(100);
    let mut said = Vec::new();
    for number in 0..4 {
        said.extend(alice.send(&mut from, tell(number)));
        bob.take(&mut to, &said[said.len() - 1]).unwrap();
    }
    alice.take(&mut from, &to.ack()).unwrap();
    alice.settle(&mut from);
    ([alice, bob], [from, to], said)
}

fn found(outcome: Result<(), LinkError>) -> Evidence {
    match outcome {
        Err(LinkError::Fork(evidence)) => *evidence,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sender_that_was_put_back_is_seen_by_both() {
    let ([mut alice, mut bob], [mut from, mut to], _) = acquainted();
    let earlier = alice.clone();
    for frame in alice.send(&mut from, tell(4)) {
        bob.take(&mut to, &frame).unwrap();
    }
    let mut alice = earlier;
    let mut from = alice.link();
    let seen = found(to.resume(&hello(&from), &mut bob.rows));
    assert_eq!((seen.what, seen.ours.number, seen.theirs.number), (Comparison::SentBehind, 5, 4));
    let seen = found(from.resume(&hello(&to), &mut alice.rows));
    assert_eq!((seen.what, seen.ours.number), (Comparison::ReceivedAhead, 4));
    let seen = match from.note_ack(to.received(), 0, &alice.rows) {
        Err(LinkError::Fork(seen)) => seen.what,
        other => panic!("{other:?}"),
    };
    assert_eq!(seen, Comparison::AckAhead);
}

#[test]
fn a_receiver_that_was_put_back_is_seen_by_the_sender() {
    let ([mut alice, mut bob], [mut from, mut to], _) = acquainted();
    let earlier = bob.clone();
    for frame in alice.send(&mut from, tell(4)) {
        bob.take(&mut to, &frame).unwrap();
    }
    alice.take(&mut from, &to.ack()).unwrap();
    let mut bob = earlier;
    let mut to = bob.link();
    let seen = found(from.resume(&hello(&to), &mut alice.rows));
    assert_eq!((seen.what, seen.ours.number), (Comparison::ReceivedBehind, 5));
    assert!(seen.to_string().contains("the peer has received less than it acknowledged before"));
    // Bob himself cannot know: perhaps what Alice has sent since was lost.
    assert_eq!(to.resume(&hello(&from), &mut bob.rows), Ok(()));
}

#[test]
fn both_put_back_together_are_as_if_nothing_had_been() {
    let ([mut alice, mut bob], [mut from, mut to], _) = acquainted();
    let earlier = (alice.clone(), bob.clone());
    for frame in alice.send(&mut from, tell(4)) {
        bob.take(&mut to, &frame).unwrap();
    }
    let (mut alice, mut bob) = earlier;
    let (mut from, mut to) = (alice.link(), bob.link());
    assert_eq!(from.resume(&hello(&to), &mut alice.rows), Ok(()));
    assert_eq!(to.resume(&hello(&from), &mut bob.rows), Ok(()));
}

#[test]
fn a_copy_that_has_gone_as_far_by_another_way_is_seen() {
    let ([mut alice, mut bob], [mut from, mut to], _) = acquainted();
    let mut copy = alice.clone();
    let mut copied = copy.link();
    for frame in alice.send(&mut from, tell(4)) {
        bob.take(&mut to, &frame).unwrap();
    }
    let frames = copy.send(&mut copied, fulfill(40));
    assert_eq!(frames.len(), 1, "the copy has sent as much");
    let seen = found(to.resume(&hello(&copied), &mut bob.rows));
    assert_eq!((seen.what, seen.ours.number, seen.theirs.number), (Comparison::SentDiffers, 5, 5));
    let seen = found(copied.resume(&hello(&to), &mut copy.rows));
    assert_eq!(seen.what, Comparison::ReceivedDiffers);
    let seen = copied.note_ack(to.received(), 0, &copy.rows).map(|_| ());
    assert_eq!(found(seen).what, Comparison::AckDiffers);
}

#[test]
fn a_copy_that_has_gone_further_is_seen_by_itself_and_by_its_first_operation() {
    let ([mut alice, mut bob], [mut from, mut to], _) = acquainted();
    let mut copy = alice.clone();
    let mut copied = copy.link();
    for frame in alice.send(&mut from, tell(4)) {
        bob.take(&mut to, &frame).unwrap();
    }
    copy.send(&mut copied, fulfill(40));
    let next = copy.send(&mut copied, fulfill(41));
    assert_eq!(to.resume(&hello(&copied), &mut bob.rows), Ok(()), "Bob cannot know yet");
    let seen = bob.take(&mut to, &next[0]).map(|_| ());
    assert_eq!(found(seen).what, Comparison::OperationDiffers);
    assert_eq!(bob.applied, [0, 1, 2, 3, 4], "and nothing of it is applied");
    assert_eq!(found(copied.resume(&hello(&to), &mut copy.rows)).what, Comparison::ReceivedDiffers);
}

#[test]
fn a_side_that_was_put_back_to_before_it_knew_the_other_is_seen() {
    let (mut sides, mut links) = Side::pair();
    let earlier = sides.clone();
    links[1].grant(9);
    crate::side::meet(&mut sides, &mut links).unwrap();
    let [mut alice, mut bob] = sides;
    let [mut from, mut to] = links;
    let frames = alice.send(&mut from, tell(1));
    let strange = earlier[0].link();
    assert_eq!(to.resume(&hello(&strange), &mut bob.rows), Ok(()), "the answer may be lost");
    bob.take(&mut to, &frames[0]).unwrap();
    let seen = found(to.resume(&hello(&strange), &mut bob.rows));
    assert_eq!(seen.what, Comparison::SentBehind);
    alice.take(&mut from, &to.ack()).unwrap();
    let strange = earlier[1].link();
    let seen = found(from.resume(&hello(&strange), &mut alice.rows));
    assert_eq!(seen.what, Comparison::ReceivedBehind);
}

#[test]
fn a_hello_of_another_session_is_no_fork() {
    let ([mut alice, _], [mut from, to], _) = acquainted();
    let mut anew = hello(&to);
    anew.ours = Incarnation([9; 16]);
    let seen = found(from.resume(&anew, &mut alice.rows));
    assert_eq!(seen.what, Comparison::Incarnation, "it knows us, and is another");
    anew.theirs = None;
    (anew.sent, anew.received) = (Mark::NONE, Mark::NONE);
    assert_eq!(from.resume(&anew, &mut alice.rows), Err(LinkError::Unknown));
    let mut other = hello(&to);
    other.theirs = Some(Incarnation([8; 16]));
    let seen = found(from.resume(&other, &mut alice.rows));
    assert_eq!(seen.what, Comparison::Incarnation, "it is the one we know, and knows another");
    other.ours = Incarnation([9; 16]);
    assert_eq!(from.resume(&other, &mut alice.rows), Err(LinkError::Unknown));
    let (mut sides, mut links) = Side::pair();
    assert_eq!(links[0].resume(&other, &mut sides[0].rows), Err(LinkError::Unknown));
}

#[test]
fn evidence_is_all_that_is_left_of_a_forked_session() {
    let ([mut alice, _], [mut from, to], _) = acquainted();
    let mut ahead = hello(&to);
    ahead.received.number += 1;
    let seen = found(from.resume(&ahead, &mut alice.rows));
    put_evidence(ID, &seen, &mut alice.rows);
    Link::delete_rows(ID, &mut alice.rows).unwrap();
    assert_eq!(alice.rows.len(), 1);
    assert_eq!(evidence(ID, &alice.rows), Ok(Some(seen)));
    let end = from.end_for(&LinkError::Fork(Box::new(seen))).unwrap();
    assert_eq!(end.evidence, Some(seen));
    let listed = hogshead_captp::session::sessions(&alice.rows, None, 10);
    assert_eq!(listed, Ok(vec![]), "it is no session any more");
}
