//! Devices of a vat, at the example of the one that enlivens sturdyrefs.

use hogshead_objects::heap::{Heap, Outgoing};
use hogshead_objects::ids::{ImportId, PromiseId, SessionId};
use hogshead_objects::locator::SturdyRef;
use hogshead_objects::stock::enliven::Enliven;
use hogshead_objects::stock::greeter::Greeter;
use hogshead_objects::{Cap, Class, Context, Error, Far, Place, Promise, Ref, Result, Value};
use hogshead_vat::{DeviceCall, Ran};
use serde::{Deserialize, Serialize};

use crate::world::{World, story};

const SWISS: &str = "a-greeter-of-mine";

/// Reaches out by sturdyrefs that it is given.
#[hogshead_objects::interface]
pub trait Visitor {
    /// Greets whoever is there, before it is known who.
    fn visit(&mut self, cx: &mut Context<'_>, host: SturdyRef) -> Result<Promise<String>>;
}

#[derive(Serialize, Deserialize)]
struct Traveller {
    enlivener: Cap<dyn Enliven>,
}

#[hogshead_objects::object(name = "traveller", version = 1)]
impl Visitor for Traveller {
    fn visit(&mut self, cx: &mut Context<'_>, host: SturdyRef) -> Result<Promise<String>> {
        let live = self.enlivener.send(cx).enliven(host)?;
        live.cast::<Cap<dyn Greeter>>().send(cx).greet("Alice".into())
    }
}

/// A traveller that the host made with a device of its vat; held. Gives the promise of what she
/// hears at her first visit, which is held too, and the call that the host is to make.
fn first_visit(world: &mut World) -> (PromiseId, DeviceCall) {
    world.registry.register::<Traveller>().unwrap();
    // Device, its facet, traveller, hers.
    let traveller = Ref::Facet(hogshead_objects::ids::FacetId(world.peek_next_id() + 3));
    world.held.insert(traveller, 1);
    world.turn(|turn| {
        let enlivener = Cap::from(turn.create_device("enliven").unwrap());
        let made = turn.spawn_from_host(Box::new(Traveller { enlivener })).unwrap();
        assert_eq!(made, traveller);
        turn.hold(made).unwrap();
    });
    let text = format!("ocapn://peer.tcp-testing-only/s/{SWISS}?host=127.0.0.1&port=22046");
    let host: SturdyRef = text.parse().unwrap();
    let heard = world.ask(traveller, "visit", (host,));
    let rans = world.run();
    assert!(matches!(rans[..], [Ran::Done, Ran::Device(_)]), "{rans:?}");
    let call = world.last.as_mut().unwrap().device_calls.remove(0);
    (heard, call)
}

#[test]
fn a_sturdyref_reaches_its_device_and_messages_to_the_answer_follow_what_it_gives() {
    story(|world| {
        let (heard, call) = first_visit(world);
        assert_eq!((call.device.as_str(), call.message.symbol()), ("enliven", Some("enliven")));
        let [_, Value::SturdyRef(sturdy)] = &call.message.values[..] else {
            panic!("{:?}", call.message)
        };
        assert_eq!(sturdy.swiss.expose(), SWISS.as_bytes());
        // While the call is out, the number is in sealed rows only.
        let holds = |row: &&hogshead_objects::records::Row| {
            row.bytes.windows(SWISS.len()).any(|octets| octets == SWISS.as_bytes())
        };
        let rows: Vec<_> = world.store.rows.values().filter(holds).collect();
        assert!(!rows.is_empty() && rows.iter().all(|row| row.secret), "{rows:?}");

        let far = Far { session: SessionId(9), place: Place::Export(4) };
        let import = Ref::Import(ImportId(world.peek_next_id()));
        world.held.insert(import, 1);
        world.turn(|turn| {
            assert_eq!(Ref::Import(turn.create_import(far).unwrap()), import);
            turn.hold(import).unwrap();
            assert!(turn.complete_device(call.delivery, Ok(Value::Ref(import))).unwrap());
        });
        let sent = std::mem::take(&mut world.sent);
        let [Outgoing::Deliver { far: to, message, answer: Some(answer) }] = &sent[..] else {
            panic!("{sent:?}")
        };
        assert_eq!((*to, message.symbol()), (far, Some("greet")));
        world.turn(|turn| Heap::settle(turn, *answer, Ok(Value::from("Hello!"))).unwrap());
        assert_eq!(world.outcome(heard), Some(Ok(Value::from("Hello!"))));
    });
}

#[test]
fn what_went_wrong_in_a_device_is_for_the_log_and_its_caller_gets_the_cause() {
    story(|world| {
        let (heard, call) = first_visit(world);
        let trouble = "cannot read /var/lib/hogshead/keys";
        let why = Error::new(Class::Severed, "the peer cannot be reached").with_detail(trouble);
        world.turn(|turn| turn.complete_device(call.delivery, Err(why)).unwrap());
        let failure = world.last.as_mut().unwrap().failures.remove(0);
        assert_eq!(failure.error.detail(), Some(trouble));
        let error = world.outcome(heard).unwrap().unwrap_err();
        assert_eq!(error.message(), "the peer cannot be reached");
        assert_eq!((error.cause(), error.detail()), (Some(failure.cause), None));
    });
}
