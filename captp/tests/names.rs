//! An answer that its owner is sent back has two names in a session: letting go of one takes nothing
//! from who waits by the other.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use hogshead_captp::Bootstrap;
use hogshead_captp::testing::{FakeVat, Wire, local_pair};
use hogshead_objects::ids::PromiseId;
use hogshead_objects::{Message, Ref, Value};

/// Two vats: the first has asked the second for something later, under the name of an answer, and
/// was sent the promise of it back.
struct Scene {
    vats: [FakeVat; 2],
    wire: Wire,
    /// What the first asked for.
    asked: PromiseId,
    /// What it was sent back.
    sent_back: Ref,
    /// What the second has yet to settle.
    owed: PromiseId,
}

impl Scene {
    fn new() -> Self {
        let (mut vats, wire) = local_pair([Bootstrap::Fetch, Bootstrap::Fetch]);
        vats[1].turn(|heap| {
            let debtor = heap.object(|heap, message| match message.symbol() {
                Some("later") => {
                    let owed = heap.promise();
                    heap.keep(Ref::Promise(owed));
                    Ok(Value::Ref(Ref::Promise(owed)))
                }
                _ => {
                    let [_, Value::Ref(to), what] = message.values.as_slice() else {
                        return Ok(Value::Undefined);
                    };
                    heap.tell(*to, Message::new("keep", [what.clone()]));
                    Ok(Value::Undefined)
                }
            });
            heap.share(b"debtor", debtor);
        });
        let fetched = vats[0].session_turn(wire.ends[0], |session, heap| {
            let bootstrap = session.bootstrap(heap).unwrap();
            heap.ask(bootstrap, Message::new("fetch", [Value::Bytes(b"debtor".as_slice().into())]))
        });
        wire.run(&mut vats).unwrap();
        let Some(Ok(Value::Ref(debtor))) = vats[0].heap.outcome(fetched.unwrap()).cloned() else {
            unreachable!("the debtor is shared")
        };
        let asked = vats[0].turn(|heap| {
            let keeper = heap.object(|heap, message| {
                message.values.iter().flat_map(Value::refs).for_each(|what| heap.keep(*what));
                Ok(Value::Undefined)
            });
            let asked = heap.ask(debtor, Message::new("later", []));
            let back = [Value::Ref(keeper), Value::Ref(Ref::Promise(asked))];
            heap.tell(debtor, Message::new("send back", back));
            asked
        });
        wire.run(&mut vats).unwrap();
        let kept = |vat: &FakeVat| vat.heap.kept().map(|(kept, _)| kept).collect::<Vec<_>>();
        let back = kept(&vats[0]).into_iter().find(|kept| match kept {
            Ref::Promise(promise) => *promise != asked && vats[0].heap.outcome(*promise).is_none(),
            _ => false,
        });
        let owed = kept(&vats[1]).into_iter().find_map(|kept| match kept {
            Ref::Promise(owed) => Some(owed),
            _ => None,
        });
        Self { vats, wire, asked, sent_back: back.unwrap(), owed: owed.unwrap() }
    }

    fn let_go(&mut self, what: Ref) {
        self.vats[0].turn(|heap| heap.let_go(what));
        self.wire.run(&mut self.vats).unwrap();
    }

    /// The second settles what it owes; how that comes out where it is asked for, and sent back.
    fn settle(&mut self) -> (Option<Value>, Option<Value>) {
        let owed = Ref::Resolver(self.owed);
        self.vats[1].turn(|heap| heap.tell(owed, Message::new("fulfill", [Value::Int(7.into())])));
        self.wire.run(&mut self.vats).unwrap();
        let outcome = |promise| self.vats[0].heap.outcome(promise).cloned().transpose().unwrap();
        let Ref::Promise(sent_back) = self.sent_back else { unreachable!("it was a promise") };
        (outcome(self.asked), outcome(sent_back))
    }
}

#[test]
fn both_names_of_a_promise_are_told() {
    let mut scene = Scene::new();
    assert_eq!(scene.settle(), (Some(Value::Int(7.into())), Some(Value::Int(7.into()))));
}

#[test]
fn who_asked_is_told_although_what_was_sent_back_is_let_go() {
    let mut scene = Scene::new();
    scene.let_go(scene.sent_back);
    assert_eq!(scene.settle().0, Some(Value::Int(7.into())));
}

#[test]
fn what_was_sent_back_settles_although_the_answer_is_let_go() {
    let mut scene = Scene::new();
    scene.let_go(Ref::Promise(scene.asked));
    assert_eq!(scene.settle().1, Some(Value::Int(7.into())));
}
