//! What a stranger shows before a durable session is opened for it.

use bytes::Bytes;
use hogshead_captp::crypto::SessionHash;
use hogshead_captp::durable::{Knock, judge_knock};
use hogshead_captp::handoff::{Door, Gifter, gifter};
use hogshead_captp::session::Carrier;
use hogshead_captp::testing::{FakeVat, Trio, locator};
use hogshead_captp::{Introduction, Limits, limits};
use hogshead_objects::heap::Heap;
use hogshead_objects::locator::Locator;
use hogshead_objects::records::RecordsError;
use hogshead_objects::{Message, Value};

const ALICE: usize = Trio::ALICE;
const BOB: usize = Trio::BOB;
const CAROL: usize = Trio::CAROL;

/// What a stranger may find of a vat.
struct AtDoor<'a>(&'a FakeVat);

impl Door for AtDoor<'_> {
    fn is_shared(&self, swiss: &[u8]) -> Result<bool, RecordsError> {
        Ok(Heap::fetch(&self.0.heap, swiss)?.is_some())
    }

    fn gifter(&self, session: SessionHash) -> Result<Option<Gifter>, RecordsError> {
        gifter(session, self.0.heap.rows())
    }
}

fn judge(knock: &Knock, vat: &FakeVat) -> bool {
    let us = |named: &Locator| named.peer() == locator("carol").peer();
    judge_knock(knock, &us, &AtDoor(vat)).unwrap()
}

/// Alice gives Bob what is Carol's; the introduction waits at Bob's.
fn given(carriers: [Carrier; 3]) -> (Trio, Introduction) {
    let mut trio = Trio::joined(carriers, Limits::default());
    trio.vats[CAROL].turn(|heap| {
        let gift = heap.object(|_, _| Ok(Value::Null));
        heap.share(b"gift", gift);
    });
    trio.vats[BOB].turn(|heap| {
        let keeper = heap.object(|heap, message| {
            message.values.iter().flat_map(Value::refs).for_each(|named| heap.keep(*named));
            Ok(Value::Undefined)
        });
        heap.share(b"keeper", keeper);
    });
    trio.vats[BOB].hold_back();
    let [gift, keeper] = [(CAROL, "gift"), (BOB, "keeper")].map(|(whose, swiss)| {
        let fetched =
            trio.vats[ALICE].session_turn(Trio::session(ALICE, whose), |session, heap| {
                let bootstrap = session.bootstrap(heap).unwrap();
                let swiss = Value::Bytes(swiss.as_bytes().to_vec().into());
                heap.ask(bootstrap, Message::new("fetch", [swiss]))
            });
        trio.run().unwrap();
        match trio.vats[ALICE].heap.outcome(fetched.unwrap()) {
            Some(Ok(Value::Ref(found))) => *found,
            other => panic!("{other:?}"),
        }
    });
    trio.vats[ALICE].turn(|heap| heap.tell(keeper, Message::apply(vec![Value::Ref(gift)])));
    trio.run().unwrap();
    let introduction = trio.vats[BOB].held_back()[0].clone();
    (trio, introduction)
}

#[test]
fn a_swiss_number_opens_if_something_is_shared_under_it() {
    let mut vat = FakeVat::new();
    vat.turn(|heap| {
        let shared = heap.object(|_, _| Ok(Value::Null));
        heap.share(b"shared", shared);
    });
    assert!(judge(&Knock::Swiss(Bytes::from_static(b"shared")), &vat));
    assert!(!judge(&Knock::Swiss(Bytes::from_static(b"guessed")), &vat));
    assert!(!judge(&Knock::Swiss(Bytes::new()), &vat));
}

#[test]
fn a_give_opens_if_a_gifter_that_is_known_has_signed_it() {
    for carrier in [Carrier::Plain, Carrier::Durable] {
        let (trio, introduction) = given([carrier; 3]);
        let carol = &trio.vats[CAROL];
        let rows = carol.heap.rows().len();
        let knock = Knock::of_introduction(&introduction).expect("it is signed");
        assert!(judge(&knock, carol));

        let other = |change: &dyn Fn(&mut Introduction)| {
            let mut changed = introduction.clone();
            change(&mut changed);
            judge(&Knock::of_introduction(&changed).unwrap(), carol)
        };
        assert!(!other(&|given| given.give.exporter = locator("mallory")), "for another vat");
        assert!(!other(&|given| given.give.gift = Bytes::from_static(b"x")), "not what was signed");
        assert!(!other(&|given| given.give.session = SessionHash([1; 32])), "no such session");
        assert!(!other(&|given| given.give.gifter.0[0] ^= 1), "no such side");
        assert!(!other(&|given| given.signature.as_mut().unwrap().0[3] ^= 1), "not the gifter's");
        assert_eq!(carol.heap.rows().len(), rows, "nothing was written");
        assert!(!judge(&knock, &trio.vats[ALICE]), "whom the gifter has no session with");
    }
}

#[test]
fn what_is_no_give_opens_nothing() {
    let (trio, introduction) = given([Carrier::Durable; 3]);
    let carol = &trio.vats[CAROL];
    let Some(Knock::Give(octets)) = Knock::of_introduction(&introduction) else { panic!("a give") };
    for length in 0..octets.len() {
        assert!(!judge(&Knock::Give(octets.slice(..length)), carol));
    }
    for text in ["t", "<11'desc:export1+>", "[]"] {
        assert!(!judge(&Knock::Give(Bytes::from_static(text.as_bytes())), carol));
    }
}

#[test]
fn what_no_peer_would_read_is_no_knock() {
    // A vat of the same host gives without a signature.
    let (_, introduction) = given([Carrier::Local; 3]);
    assert_eq!(Knock::of_introduction(&introduction), None);
    let (_, mut introduction) = given([Carrier::Durable; 3]);
    introduction.give.exporter.designator = "x".repeat(limits::KNOCK_BYTES_MAX);
    assert_eq!(Knock::of_introduction(&introduction), None);
}
