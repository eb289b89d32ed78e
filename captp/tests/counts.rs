//! Distributed counting: whatever two vats send, lend and let go, in whatever order it arrives,
//! nothing held is freed, and once nobody holds anything both sides' tables are empty.
//!
//! The model is what the test itself keeps: every reference that a vat keeps must work. `proptest`
//! prints the actions of a failure and the seed to rerun it from.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use hogshead_captp::session::{Holdings, holdings};
use hogshead_captp::testing::{FakeVat, MemoryHeap, Wire, local_pair, plain_pair};
use hogshead_captp::{Bootstrap, DeliverForm, Dialect, GcLabels, Limits};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Class, Error, Message, Ref, Value};
use proptest::prelude::*;
use proptest::sample::Index;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Action {
    /// A vat makes an object and keeps it.
    Make { vat: usize },
    /// A vat makes a promise and keeps it with its resolver.
    Promise { vat: usize },
    /// A vat sends some of what it keeps to one of what it keeps; the receiver keeps it all.
    Send { vat: usize, to: Index, what: Vec<Index>, ask: bool },
    /// A vat pipelines to the answer of a message it sends.
    Pipeline { vat: usize, to: Index, what: Vec<Index> },
    /// A vat settles a promise whose resolver it keeps.
    Settle { vat: usize, resolver: Index, fulfill: bool },
    /// A vat lets go of something.
    LetGo { vat: usize, what: Index },
    /// What a vat sent first arrives.
    Arrive { from: usize },
    /// A vat is evicted: its sessions remember rows only.
    Evict { vat: usize },
}

fn action() -> impl Strategy<Value = Action> {
    let vat = 0..2_usize;
    let what = || prop::collection::vec(any::<Index>(), 0..4);
    prop_oneof![
        1 => vat.clone().prop_map(|vat| Action::Make { vat }),
        1 => vat.clone().prop_map(|vat| Action::Promise { vat }),
        4 => (vat.clone(), any::<Index>(), what(), any::<bool>())
            .prop_map(|(vat, to, what, ask)| Action::Send { vat, to, what, ask }),
        2 => (vat.clone(), any::<Index>(), what())
            .prop_map(|(vat, to, what)| Action::Pipeline { vat, to, what }),
        1 => (vat.clone(), any::<Index>(), any::<bool>())
            .prop_map(|(vat, resolver, fulfill)| Action::Settle { vat, resolver, fulfill }),
        4 => (vat.clone(), any::<Index>()).prop_map(|(vat, what)| Action::LetGo { vat, what }),
        8 => vat.clone().prop_map(|from| Action::Arrive { from }),
        1 => vat.prop_map(|vat| Action::Evict { vat }),
    ]
}

/// An object that keeps whatever it is sent and answers with it.
fn keeper(heap: &mut MemoryHeap) -> Ref {
    heap.object(|heap, message| {
        for reference in message.values.iter().flat_map(Value::refs) {
            heap.keep(*reference);
        }
        Ok(Value::List(message.values))
    })
}

struct World {
    vats: [FakeVat; 2],
    wire: Wire,
    promises: [Vec<PromiseId>; 2],
    answers: [Vec<PromiseId>; 2],
}

impl World {
    /// Each vat keeps the other's first keeper.
    fn new((mut vats, wire): ([FakeVat; 2], Wire)) -> Self {
        for vat in &mut vats {
            vat.turn(|heap| {
                let first = keeper(heap);
                heap.share(b"first", first);
            });
        }
        for side in 0..2 {
            let answer = vats[side]
                .session_turn(wire.ends[side], |session, heap| {
                    let bootstrap = session.bootstrap(heap).unwrap();
                    let swiss = Value::Bytes(b"first".as_slice().into());
                    heap.ask(bootstrap, Message::new("fetch", [swiss]))
                })
                .unwrap();
            wire.run(&mut vats).unwrap();
            vats[side].turn(|heap| {
                let Some(Ok(Value::Ref(first))) = heap.outcome(answer).cloned() else {
                    panic!("the first keeper is shared")
                };
                heap.keep(first);
                heap.let_go(Ref::Promise(answer));
            });
        }
        Self { vats, wire, promises: [vec![], vec![]], answers: [vec![], vec![]] }
    }

    fn kept(&self, vat: usize) -> Vec<Ref> {
        self.vats[vat].heap.kept().map(|(reference, _)| reference).collect()
    }

    fn pick(&self, vat: usize, what: &[Index]) -> Vec<Value> {
        let kept = self.kept(vat);
        if kept.is_empty() {
            return Vec::new();
        }
        what.iter().map(|index| Value::Ref(*index.get(&kept))).collect()
    }

    /// Resolvers are told only by `Settle`, so that promises are settled with what cannot lead
    /// back to themselves.
    fn targets(&self, vat: usize) -> Vec<Ref> {
        let mut kept = self.kept(vat);
        kept.retain(|reference| !matches!(reference, Ref::Resolver(_)));
        kept
    }

    fn act(&mut self, action: &Action) {
        match action {
            Action::Make { vat } => self.vats[*vat].turn(|heap| {
                let object = keeper(heap);
                heap.keep(object);
            }),
            Action::Promise { vat } => {
                let promise = self.vats[*vat].turn(|heap| {
                    let promise = heap.promise();
                    heap.keep(Ref::Promise(promise));
                    heap.keep(Ref::Resolver(promise));
                    promise
                });
                self.promises[*vat].push(promise);
            }
            Action::Send { vat, to, what, ask } => {
                let targets = self.targets(*vat);
                if targets.is_empty() {
                    return;
                }
                let (to, message) = (*to.get(&targets), Message::apply(self.pick(*vat, what)));
                let answer = self.vats[*vat].turn(|heap| match ask {
                    true => Some(heap.ask(to, message)),
                    false => {
                        heap.tell(to, message);
                        None
                    }
                });
                self.answers[*vat].extend(answer);
            }
            Action::Pipeline { vat, to, what } => {
                let targets = self.targets(*vat);
                if targets.is_empty() {
                    return;
                }
                let (to, values) = (*to.get(&targets), self.pick(*vat, what));
                let answers = self.vats[*vat].turn(|heap| {
                    let answer = heap.ask(to, Message::apply(values.clone()));
                    let part = hogshead_objects::heap::Part::Item(0);
                    let part = heap.part(Ref::Promise(answer), part);
                    [answer, part, heap.ask(Ref::Promise(part), Message::apply(values))]
                });
                self.answers[*vat].extend(answers);
            }
            Action::Settle { vat, resolver, fulfill } => self.settle(*vat, resolver, *fulfill),
            Action::LetGo { vat, what } => {
                let kept = self.kept(*vat);
                if !kept.is_empty() {
                    self.vats[*vat].turn(|heap| heap.let_go(*what.get(&kept)));
                }
            }
            Action::Arrive { from } => {
                self.wire.step(&mut self.vats, *from).expect("no side breaks the protocol");
            }
            Action::Evict { vat } => self.vats[*vat].forget_caches(),
        }
        self.check();
    }

    fn settle(&mut self, vat: usize, resolver: &Index, fulfill: bool) {
        let mut resolvers = self.kept(vat);
        resolvers.retain(|reference| matches!(reference, Ref::Resolver(_)));
        if resolvers.is_empty() {
            return;
        }
        let resolver = *resolver.get(&resolvers);
        self.vats[vat].turn(|heap| {
            let message = if fulfill {
                let object = keeper(heap);
                Message::new("fulfill", [Value::Ref(object)])
            } else {
                Message::new("break", [Value::Error(Error::refused("no").into())])
            };
            heap.tell(resolver, message);
        });
    }

    /// No answer says that something held was gone.
    fn check(&self) {
        for (vat, answers) in self.vats.iter().zip(&self.answers) {
            for answer in answers {
                if let Some(Err(error)) = vat.heap.outcome(*answer) {
                    let gone = matches!(error.class(), Class::NotFound | Class::Failed);
                    assert!(!gone, "something held was freed: {error}");
                }
            }
        }
    }

    fn run(&mut self) {
        self.wire.run(&mut self.vats).expect("no side breaks the protocol");
        self.check();
    }

    /// Everything is let go; then nothing may be left.
    fn end(mut self) {
        self.run();
        self.ping_all();
        for (vat, promises) in self.vats.iter_mut().zip(&self.promises) {
            vat.turn(|heap| {
                for promise in promises {
                    hogshead_objects::heap::Heap::settle(heap, *promise, Ok(Value::Null)).unwrap();
                }
            });
        }
        self.run();
        loop {
            let mut any = false;
            for vat in 0..2 {
                let kept: Vec<_> = self.vats[vat].heap.kept().collect();
                self.vats[vat].turn(|heap| {
                    for (reference, count) in kept {
                        any = true;
                        (0..count).for_each(|_| heap.let_go(reference));
                    }
                });
            }
            self.run();
            if !any {
                break;
            }
        }
        for (vat, id) in self.vats.iter().zip(self.wire.ends) {
            assert_eq!(holdings(id, vat.heap.rows()), Ok(Holdings::default()));
            assert!(vat.heap.held().is_empty(), "still held: {:?}", vat.heap.held());
            assert_eq!(vat.heap.imports(), []);
            assert_eq!(vat.heap.rows().len(), 1, "the head alone: {:?}", vat.heap.rows());
        }
    }

    /// Every import that is kept still reaches an object.
    fn ping_all(&mut self) {
        for vat in 0..2 {
            let imports = self.kept(vat).into_iter().filter(|r| matches!(r, Ref::Import(_)));
            let imports: Vec<_> = imports.collect();
            let answers = self.vats[vat].turn(|heap| {
                imports.iter().map(|to| heap.ask(*to, Message::apply(vec![]))).collect::<Vec<_>>()
            });
            self.answers[vat].extend(answers);
        }
        self.run();
    }
}

fn play(world: World, actions: &[Action]) {
    let mut world = world;
    for action in actions {
        world.act(action);
    }
    world.end();
}

/// As many as end within seconds, or `COUNTS_CASES`.
fn config() -> ProptestConfig {
    let wanted = std::env::var("COUNTS_CASES").ok();
    let cases = wanted.map_or(48, |cases| cases.parse().expect("COUNTS_CASES is a number"));
    ProptestConfig { cases, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn counts_agree_over_a_plain_session(
        actions in prop::collection::vec(action(), 1..80),
        old in any::<bool>(),
    ) {
        let old_dialect = Dialect { deliver: DeliverForm::Only, gc: GcLabels::Singular };
        let dialect = if old { old_dialect } else { Dialect::default() };
        play(World::new(plain_pair(dialect, Limits::default())), &actions);
    }

    #[test]
    fn counts_agree_over_a_local_session(actions in prop::collection::vec(action(), 1..80)) {
        play(World::new(local_pair([Bootstrap::Fetch, Bootstrap::Fetch])), &actions);
    }

    #[test]
    fn an_end_at_any_moment_leaves_nothing(actions in prop::collection::vec(action(), 1..60)) {
        let mut world = World::new(plain_pair(Dialect::default(), Limits::default()));
        for action in &actions {
            world.act(action);
        }
        for (vat, id) in world.vats.iter_mut().zip(world.wire.ends) {
            vat.sever(id, &Error::new(Class::Severed, "the connection broke"));
            assert!(vat.heap.held().is_empty(), "still held: {:?}", vat.heap.held());
            assert!(vat.heap.rows().is_empty(), "rows: {:?}", vat.heap.rows());
            assert_eq!(vat.heap.imports(), []);
        }
    }
}
