//! What the vat and its host see of an object: its kind, and how it is made, kept and upgraded.

use hogshead_objects::{
    Context, Error, Object, Registry, Result, State, Typed, Upgrade, Value, codec, interface,
    object,
};
use serde::{Deserialize, Serialize};

#[interface]
pub trait Named {
    fn name(&self, cx: &mut Context<'_>) -> Result<String>;
    fn rename(&mut self, cx: &mut Context<'_>, name: String) -> Result<()>;
}

macro_rules! named {
    ($ty:ty) => {
        fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
            Ok(self.name.clone())
        }

        fn rename(&mut self, _cx: &mut Context<'_>, name: String) -> Result<()> {
            self.name = name;
            Ok(())
        }
    };
}

#[derive(Serialize, Deserialize, Default, Clone, PartialEq, Debug)]
struct Plain {
    name: String,
}

#[object(name = "plain")]
impl Named for Plain {
    named!(Plain);
}

#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
struct Grown {
    name: String,
    age: u32,
}

const UPGRADES: &[Upgrade] = &[Upgrade { from: 1, state: grow, message: Ok }];

fn grow(state: State) -> Result<State> {
    let Plain { name } = codec::decode_state(&state)?;
    codec::encode_state(&Grown { name, age: 0 })
}

#[object(name = "acme/plain", version = 2, construct = Grown::born, upgrades(UPGRADES))]
impl Named for Grown {
    named!(Grown);
}

impl Grown {
    fn born(name: Value) -> Result<Self> {
        let name = codec::from_value::<String>(name)?;
        if name.is_empty() {
            return Err(Error::refused("everybody has a name"));
        }
        Ok(Self { name, age: 0 })
    }
}

#[derive(Serialize, Deserialize, Default, Clone, PartialEq, Debug)]
struct Derived {
    name: String,
}

#[object(name = "derived", version = 1, construct)]
impl Named for Derived {
    named!(Derived);
}

#[test]
fn a_kind_is_named_with_the_namespace_of_its_crate_or_its_own() {
    assert_eq!((Plain::KIND.name, Plain::KIND.version), ("hogshead/plain", 1));
    assert_eq!((Grown::KIND.name, Grown::KIND.version), ("acme/plain", 2));
    assert!(Plain::KIND.construct.is_none());
    let methods: Vec<_> = Plain::KIND.methods().map(|m| (m.name, m.mutates)).collect();
    assert_eq!(methods, [("name", false), ("rename", true)]);
}

#[test]
fn a_registry_knows_a_kind_once() {
    let mut registry = Registry::new();
    registry.register::<Plain>().expect("new").register::<Grown>().expect("new");
    registry.register::<Plain>().expect("the same kind again is no mistake");
    assert_eq!(registry.kinds().count(), 2);

    #[derive(Serialize, Deserialize)]
    struct Impostor {
        name: String,
    }

    #[object(name = "plain", version = 7)]
    impl Named for Impostor {
        named!(Impostor);
    }

    assert!(registry.register::<Impostor>().is_err());
}

#[test]
fn objects_are_made_from_values_as_their_kind_says() {
    let name = |name: &str| Value::String(name.into());
    let make =
        |kind: &'static hogshead_objects::Kind, init| kind.construct.expect("offers it")(init);
    let born = make(Grown::KIND, name("Bob")).expect("born");
    assert_eq!(born.as_any().downcast_ref::<Grown>(), Some(&Grown { name: "Bob".into(), age: 0 }));
    assert!(make(Grown::KIND, name("")).is_err());
    let default = make(Derived::KIND, Value::Undefined).expect("by default");
    assert_eq!(default.as_any().downcast_ref(), Some(&Derived::default()));
    let state = Value::Struct([("name".to_owned(), name("Carol"))].into());
    let derived = make(Derived::KIND, state).expect("from its state");
    assert_eq!(derived.as_any().downcast_ref(), Some(&Derived { name: "Carol".into() }));
    let wrong = make(Derived::KIND, Value::Bool(true)).err().expect("refused");
    assert!(wrong.message().starts_with("the initial value: expected "), "{wrong}");
}

#[test]
fn a_state_is_read_back_and_upgraded_step_by_step() {
    let object = Plain { name: "Alice".into() };
    let state = Object::encode(&object).expect("encodes");
    let again = (object.kind().decode)(&state).expect("decodes");
    assert_eq!(again.as_any().downcast_ref(), Some(&object));
    let state = (Grown::KIND.upgrades[0].state)(state).expect("upgrades");
    let grown = (Grown::KIND.decode)(&state).expect("decodes");
    assert_eq!(grown.as_any().downcast_ref(), Some(&Grown { name: "Alice".into(), age: 0 }));
    let damaged = State { bytes: bytes::Bytes::from_static(b"\xff"), ..State::default() };
    assert!((Plain::KIND.decode)(&damaged).is_err());
}
