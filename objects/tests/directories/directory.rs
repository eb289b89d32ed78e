//! Directories, and the paths through them.

use hogshead_objects::stock::directory::Names;
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Context, Cursor, Error, Message, Page, Result, Value, codec};
use serde::{Deserialize, Serialize};

fn text(text: &str) -> Value {
    text.into()
}

#[test]
fn names_are_set_found_listed_and_removed() {
    for mut bench in [Bench::new(), Bench::new().evicting()] {
        let directory = bench.spawn_apart(Names::default());
        let other = bench.spawn_apart(Names::default());
        let set = |bench: &mut Bench, name: &str, to: Value| {
            bench.outcome(|cx| directory.send(cx).set(name.into(), to))
        };
        set(&mut bench, "b", directory.into()).unwrap();
        set(&mut bench, "a", other.into()).unwrap();
        set(&mut bench, "b", other.into()).unwrap();
        let got = bench.outcome(|cx| directory.send(cx).get("b".into())).unwrap();
        assert_eq!(got, other.into(), "the new one");
        let page = bench.outcome(|cx| directory.send(cx).list(None)).unwrap();
        assert_eq!(page, Page { entries: vec!["a".into(), "b".into()], next: None });
        for wrong in [text("data"), Value::Undefined, 7_u64.into()] {
            assert_eq!(set(&mut bench, "c", wrong).unwrap_err().class(), Class::BadCall);
        }
        assert_eq!(set(&mut bench, "a/b", other.into()).unwrap_err().class(), Class::BadCall);
        bench.outcome(|cx| directory.send(cx).remove("a".into())).unwrap();
        for gone in [
            bench.outcome(|cx| directory.send(cx).remove("a".into())),
            bench.outcome(|cx| Ok(directory.send(cx).get("a".into())?.cast())),
        ] {
            assert_eq!(gone.unwrap_err().class(), Class::NotFound);
        }
    }
}

#[test]
fn names_are_listed_page_by_page_also_without_types() {
    let mut bench = Bench::new();
    let directory = bench.spawn_apart(Names::default());
    let names: Vec<_> = (0..230).map(|number| format!("name-{number:03}")).collect();
    bench
        .turn(|cx| {
            let told =
                names.iter().map(|name| directory.tell(cx).set(name.into(), directory.into()));
            told.collect::<Result<Vec<()>>>()
        })
        .unwrap();
    bench.run();
    let (mut found, mut pages, mut after) = (Vec::new(), 0, Value::Null);
    loop {
        let asked = after.clone();
        let page: Page<(String, Value)> = bench
            .outcome(|cx| Ok(cx.send(directory, Message::new("entries", [asked]))?.cast()))
            .unwrap();
        pages += 1;
        found.extend(page.entries.into_iter().map(|(name, to)| {
            assert_eq!(to, directory.into());
            name
        }));
        let Some(next) = page.next else { break };
        after = codec::to_value(&next).unwrap();
        // Not even what is in a cursor leads elsewhere.
        assert!(matches!(after, Value::Bytes(_)), "{after:?}");
    }
    assert_eq!((found, pages), (names, 3));
    let forged = codec::to_value(&bytes::Bytes::from(vec![0xFF; 5_000])).unwrap();
    let refused =
        bench.outcome(|cx| Ok(cx.send(directory, Message::new("list", [forged]))?.cast::<Value>()));
    assert_eq!(refused.unwrap_err().class(), Class::BadCall);
}

#[test]
fn a_read_only_facet_lists_and_finds_and_changes_nothing() {
    let mut bench = Bench::new();
    let directory = bench.spawn_apart(Names::default());
    let reader = bench
        .outcome(|cx| {
            directory.tell(cx).set("self".into(), directory.into())?;
            directory.send(cx).read_only()
        })
        .unwrap();
    let found: Value = bench.outcome(|cx| reader.send(cx).walk("self".into())).unwrap();
    assert_eq!(found, directory.into(), "what it holds is not narrowed");
    for denied in [
        bench.outcome(|cx| reader.send(cx).set("x".into(), directory.into())),
        bench.outcome(|cx| reader.send(cx).remove("self".into())),
        bench.outcome(|cx| Ok(reader.send(cx).read_only()?.cast())),
    ] {
        assert_eq!(denied.unwrap_err().class(), Class::Denied);
    }
    assert_eq!(bench.outcome(|cx| reader.send(cx).list(None)).unwrap().entries, ["self"]);
}

/// A directory of somebody who is curious.
#[derive(Serialize, Deserialize, Default)]
struct Spy {
    asked: Vec<String>,
    next: Option<Value>,
}

#[hogshead_objects::interface]
pub trait Curious {
    fn get(&mut self, cx: &mut Context<'_>, name: String) -> Result<Value>;
}

#[hogshead_objects::object(name = "spy", version = 1)]
impl Curious for Spy {
    fn get(&mut self, _cx: &mut Context<'_>, name: String) -> Result<Value> {
        self.asked.push(name);
        self.next.clone().ok_or_else(|| Error::new(Class::NotFound, "no such name"))
    }
}

#[test]
fn a_directory_on_the_way_is_told_its_own_name_only() {
    let mut bench = Bench::new();
    let directory = bench.spawn_apart(Names::default());
    let last = bench.spawn_apart(Spy { next: Some(directory.into()), ..Spy::default() });
    let spy = bench.spawn_apart(Spy { next: Some(last.into()), ..Spy::default() });
    let found = bench.outcome(|cx| {
        directory.tell(cx).set("my-rival".into(), spy.into())?;
        directory.send(cx).walk("my-rival/office/printer".into())
    });
    assert_eq!(found.unwrap(), directory.into());
    let asked =
        |bench: &Bench, spy: Cap<dyn Curious>| bench.look(spy, |spy: &Spy| spy.asked.clone());
    assert_eq!(asked(&bench, spy).unwrap(), ["office"]);
    assert_eq!(asked(&bench, last).unwrap(), ["printer"]);
}

#[test]
fn a_path_that_leads_nowhere_says_so() {
    let mut bench = Bench::new();
    let directory = bench.spawn_apart(Names::default());
    let spy = bench.spawn_apart(Spy::default());
    let sturdy: hogshead_objects::locator::SturdyRef =
        "ocapn://peer.tcp-testing-only/s/a-printer?host=127.0.0.1&port=1".parse().unwrap();
    let walk = |bench: &mut Bench, path: &str| {
        bench.outcome(|cx| directory.send(cx).walk(path.into())).map(drop)
    };
    bench
        .turn(|cx| {
            directory.tell(cx).set("spy".into(), spy.into())?;
            directory.tell(cx).set("self".into(), directory.into())?;
            directory.tell(cx).set("away".into(), Value::SturdyRef(Box::new(sturdy)))
        })
        .unwrap();
    for (path, class) in [
        ("nobody", Class::NotFound),
        ("nobody/at/home", Class::NotFound),
        ("self/self/nobody", Class::NotFound),
        ("spy/nobody/at/home", Class::NotFound),
        ("away/printer", Class::BadCall),
        ("self//self", Class::BadCall),
        ("", Class::BadCall),
    ] {
        assert_eq!(walk(&mut bench, path).unwrap_err().class(), class, "{path:?}");
    }
    walk(&mut bench, "self/self/self/away").unwrap();
    let cursor = Cursor::after(&"spy".to_owned()).unwrap();
    let rest = bench.outcome(|cx| directory.send(cx).list(Some(cursor))).unwrap();
    assert_eq!(rest.entries, Vec::<String>::new());
}
