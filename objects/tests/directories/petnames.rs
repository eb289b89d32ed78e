//! Petnames and edge names.

use hogshead_objects::limits::PETNAMES_MAX;
use hogshead_objects::stock::directory::{Directory, Names};
use hogshead_objects::stock::greeter::PoliteGreeter;
use hogshead_objects::stock::petnames::{PetnameBook, Petnames};
use hogshead_objects::testing::Bench;
use hogshead_objects::{
    Cap, Class, Context, Cursor, Error, Message, Page, Promise, Result, Value, codec,
};
use serde::{Deserialize, Serialize};

fn named(bench: &mut Bench, book: Cap<dyn Petnames>, petname: &str, to: impl Into<Value>) {
    let to = to.into();
    bench.outcome(|cx| book.send(cx).name(petname.into(), to)).expect("a petname");
}

#[test]
fn one_reference_has_one_petname_and_one_petname_one_reference() {
    for mut bench in [Bench::new(), Bench::new().evicting()] {
        let book = bench.spawn_apart(PetnameBook::default());
        let (bob, mallory) =
            (bench.spawn_apart(Names::default()), bench.spawn_apart(Names::default()));
        named(&mut bench, book, "bob", bob);
        let refused = [
            ("bob", mallory.into(), Class::Refused),
            ("robert", bob.into(), Class::Refused),
            ("bob/office", mallory.into(), Class::BadCall),
            ("data", Value::from("bob"), Class::BadCall),
        ];
        for (petname, to, class) in refused {
            let why = bench.outcome(|cx| book.send(cx).name(petname.into(), to)).unwrap_err();
            assert_eq!(why.class(), class, "{petname}: {why}");
        }
        // A promise of him is him.
        let promised = bench
            .turn(|cx| {
                let (promise, resolver) = cx.promise::<Cap>()?;
                resolver.fulfill(cx, bob.cast())?;
                let promised: Value = Value::Ref(promise.untyped());
                book.send(cx).petname_of(promised)
            })
            .unwrap();
        bench.run();
        assert_eq!(bench.answer(promised).unwrap(), Some("bob".to_owned()));
        bench.outcome(|cx| book.send(cx).rename("bob".into(), "robert".into())).unwrap();
        let called = |bench: &mut Bench, to: Value| {
            bench.outcome(|cx| book.send(cx).petname_of(to)).unwrap()
        };
        assert_eq!(called(&mut bench, bob.into()), Some("robert".to_owned()));
        assert_eq!(called(&mut bench, mallory.into()), None);
        let found = bench.outcome(|cx| book.send(cx).look_up("robert".into())).unwrap();
        assert_eq!(found, bob.into());
        bench.outcome(|cx| book.send(cx).forget("robert".into())).unwrap();
        let gone = bench.outcome(|cx| book.send(cx).forget("robert".into())).unwrap_err();
        assert_eq!((called(&mut bench, bob.into()), gone.class()), (None, Class::NotFound));
    }
}

/// A directory that keeps what it was asked, and may lie.
#[derive(Serialize, Deserialize, Default)]
struct Listener {
    asked: Vec<Vec<Value>>,
    lies: Vec<(String, Value)>,
}

#[hogshead_objects::interface]
pub trait Listening {
    #[method(any)]
    fn hear(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;
}

#[hogshead_objects::object(name = "listener", version = 1)]
impl Listening for Listener {
    fn hear(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value> {
        let entries = message.symbol() == Some("entries");
        self.asked.push(message.values);
        if entries {
            let page = Page { entries: self.lies.clone(), next: None };
            return hogshead_objects::codec::to_value(&page);
        }
        // What it was asked remains.
        Err(cx.refuse(Error::new(Class::NotFound, "no such name")))
    }
}

#[test]
fn names_that_others_give_say_whose_they_are_and_tell_them_nothing() {
    let mut bench = Bench::new();
    let book = bench.spawn_apart(PetnameBook::default());
    let bob = bench.spawn_apart(PoliteGreeter::default());
    let (office, desk) = (bench.spawn_apart(Names::default()), bench.spawn_apart(Names::default()));
    let printer = bench.spawn_apart(PoliteGreeter::default());
    // Mallory would have her printer taken for one of Alice's own names, or Bob's.
    let lies = ["boss", "bob/printer", "../boss", "copier"];
    let lies = lies.map(|name| (name.to_owned(), Value::from(printer))).to_vec();
    let mallory = bench.spawn_apart(Listener { lies, ..Listener::default() });
    bench
        .turn(|cx| {
            office.tell(cx).set("desk".into(), desk.into())?;
            desk.tell(cx).set("printer".into(), printer.into())?;
            office.tell(cx).set("printer".into(), printer.into())
        })
        .unwrap();
    named(&mut bench, book, "bob", bob);
    named(&mut bench, book, "my-rival", mallory);
    for (petname, names) in [("bob", office), ("my-rival", mallory.cast())] {
        let known = |cx: &mut Context<'_>| book.send(cx).know_edges(petname.into(), Some(names));
        bench.outcome(known).unwrap();
    }
    let names = bench.outcome(|cx| book.send(cx).edge_names(printer.into())).unwrap();
    assert_eq!(names, ["bob/printer", "my-rival/boss", "my-rival/copier"]);
    let walked =
        |bench: &mut Bench, path: &str| bench.outcome(|cx| book.send(cx).look_up(path.into()));
    assert_eq!(walked(&mut bench, "bob/desk/printer").unwrap(), printer.into());
    assert_eq!(walked(&mut bench, "bob").unwrap(), bob.into());
    let lost = walked(&mut bench, "my-rival/printer").unwrap_err();
    assert_eq!(lost.class(), Class::NotFound);

    // She was asked for a page and for a name, and shown neither the printer nor what she is called.
    let asked = bench.look(mallory, |listener: &Listener| listener.asked.clone()).unwrap();
    assert_eq!(asked.len(), 2);
    let shown = format!("{asked:?}");
    assert!(asked.iter().flatten().all(|value| value.refs().next().is_none()), "{shown}");
    assert!(!shown.contains("my-rival"), "{shown}");
}

#[test]
fn who_tells_no_names_any_more_is_left_out() {
    let mut bench = Bench::new();
    let book = bench.spawn_apart(PetnameBook::default());
    let (bob, office) = (bench.spawn_apart(Names::default()), bench.spawn_apart(Names::default()));
    bench.outcome(|cx| office.send(cx).set("self".into(), office.into())).unwrap();
    named(&mut bench, book, "bob", bob);
    let edges = |bench: &mut Bench, names: Option<Cap<dyn Directory>>| {
        bench.outcome(|cx| book.send(cx).know_edges("bob".into(), names)).unwrap();
        bench.outcome(|cx| book.send(cx).edge_names(office.into())).unwrap()
    };
    assert_eq!(edges(&mut bench, Some(office)), ["bob/self"]);
    assert_eq!(edges(&mut bench, Some(book.cast())), [""; 0], "this is no directory");
    assert_eq!(edges(&mut bench, None), [""; 0]);
    let unknown = bench.outcome(|cx| book.send(cx).know_edges("eve".into(), None));
    assert_eq!(unknown.unwrap_err().class(), Class::NotFound);
}

#[test]
fn a_full_book_takes_no_more_petnames() {
    // Its length is all that is looked at.
    #[derive(Serialize)]
    struct Full {
        contacts: (Option<u64>, u64),
    }

    let mut bench = Bench::new();
    let to = bench.spawn_apart(Names::default());
    for (len, fits) in [(PETNAMES_MAX - 1, true), (PETNAMES_MAX, false)] {
        let full = codec::encode_state(&Full { contacts: (None, len) }).unwrap();
        let book = bench.spawn_apart(codec::decode_state::<PetnameBook>(&full).unwrap());
        let named = bench.outcome(|cx| book.send(cx).name("one".into(), to.into()));
        assert_eq!(named.is_ok(), fits, "{named:?}");
        assert!(fits || named.unwrap_err().class() == Class::Limit);
    }
}

#[test]
fn petnames_are_listed() {
    let mut bench = Bench::new();
    let many: Vec<Cap<dyn Directory>> =
        (0..3).map(|_| bench.spawn_apart(Names::default())).collect();
    let book = bench.spawn_apart(PetnameBook::default());
    for (number, to) in many.iter().enumerate() {
        named(&mut bench, book, &format!("name-{number}"), *to);
    }
    let first = Some(Cursor::after(&"name-0".to_owned()).unwrap());
    let page = bench.outcome(|cx| book.send(cx).list(first)).unwrap();
    assert_eq!(page.entries, ["name-1", "name-2"]);
    let promise: Promise<Page<String>> =
        bench.turn(|cx| Ok(cx.send(book, Message::new("list", [Value::Null]))?.cast())).unwrap();
    bench.run();
    assert_eq!(bench.answer(promise).unwrap().entries.len(), 3, "without types as well");
}
