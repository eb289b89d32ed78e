//! The confused deputy (Norm Hardy, 1988): a service that acts with more authority than its client
//! has, and a client that names something which only the service may touch.
//!
//! ```text
//!   by name        (client) ──"bill"──▶ (compiler) ──▶ (every file)    whose authority is used?
//!   by reference   (client) ──(file)──▶ (compiler) ──▶ (bill)          what the client may not use,
//!                                                                      it cannot name
//! ```
//!
//! Both designs are here: the first so that it shows that the attack works where designation and
//! authority are apart.

use std::collections::BTreeMap;

use hogshead_objects::stock::cell::{Cell, ValueCell};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Cap, Class, Context, Error, Message, Result, Value};
use serde::{Deserialize, Serialize};

use super::agent::{call, class, story};

/// A compiler that is told the name of the file to write.
#[hogshead_objects::interface]
pub trait ByName {
    fn compile(&mut self, cx: &mut Context<'_>, source: String, into: String) -> Result<()>;
}

/// A compiler that is given the file to write.
#[hogshead_objects::interface]
pub trait ByReference {
    fn compile_into(
        &mut self,
        cx: &mut Context<'_>,
        source: String,
        into: Cap<dyn Cell>,
    ) -> Result<()>;
}

/// Has a folder, in which the bill is kept that it writes for its clients.
#[derive(Serialize, Deserialize)]
struct Ambient {
    folder: BTreeMap<String, Cap<dyn Cell>>,
}

#[hogshead_objects::object(name = "ambient-compiler")]
impl ByName for Ambient {
    fn compile(&mut self, cx: &mut Context<'_>, source: String, into: String) -> Result<()> {
        let file = self.folder.get(&into).ok_or_else(|| Error::refused("no such file"))?;
        file.tell(cx).set(Value::String(format!("compiled {source}")))?;
        self.folder.get("bill").map_or(Ok(()), |bill| bill.tell(cx).set("one run".into()))
    }
}

/// Has its bill, and nothing that a client could mean.
#[derive(Serialize, Deserialize)]
struct Designated {
    bill: Cap<dyn Cell>,
}

#[hogshead_objects::object(name = "designated-compiler")]
impl ByReference for Designated {
    fn compile_into(
        &mut self,
        cx: &mut Context<'_>,
        source: String,
        into: Cap<dyn Cell>,
    ) -> Result<()> {
        self.bill.tell(cx).set("one run".into())?;
        into.tell(cx).set(Value::String(format!("compiled {source}")))
    }
}

fn file(bench: &mut Bench) -> Cap<dyn Cell> {
    bench.spawn_apart(ValueCell::default())
}

fn content(bench: &mut Bench, of: Cap<dyn Cell>) -> Value {
    bench.outcome(|cx| of.send(cx).get()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_deputy_that_is_told_names_is_fooled() {
    story(|bench| {
        let (bill, output) = (file(bench), file(bench));
        let folder = [("bill".to_owned(), bill), ("output".to_owned(), output)].into();
        let compiler = bench.spawn_apart(Ambient { folder });
        // Mallory may write no bill, and has one written over by just naming it, after the bill.
        let wish = [Value::from("source"), Value::from("bill")];
        bench.outcome(|cx| bill.send(cx).set("ninety runs".into())).expect("billed");
        call(bench, compiler, Message::new("compile", wish)).expect("compiled");
        assert_ne!(content(bench, bill), "ninety runs".into(), "the bill is lost");
    });
}

#[test]
fn a_deputy_that_is_given_references_is_not() {
    story(|bench| {
        let (bill, output) = (file(bench), file(bench));
        let compiler = bench.spawn_apart(Designated { bill });
        let compile = |bench: &mut Bench, into: Value| {
            call(bench, compiler, Message::new("compile_into", ["source".into(), into]))
        };
        compile(bench, output.into()).expect("compiled");
        assert_eq!(content(bench, output), "compiled source".into());
        assert_eq!(content(bench, bill), "one run".into());
        // A name, a number or a guess designates nothing.
        for forged in [Value::from("bill"), Value::from(1_u64), Value::symbol("bill")] {
            assert_eq!(class(compile(bench, forged)), Class::BadCall);
        }
        // Who may only read the bill has it written by nobody: the facet is what is passed.
        let reader = bench.outcome(|cx| bill.send(cx).read_only()).expect("a facet");
        compile(bench, reader.into()).expect("the compiler does what it can");
        assert_eq!(content(bench, bill), "one run".into(), "and could not do this");
    });
}
