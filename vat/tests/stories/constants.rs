//! A constant is read near by whoever holds it, of whichever composition it is.

use hogshead_objects::{Cap, Class, Context, Result};
use serde::{Deserialize, Serialize};

use crate::cast::PUPPET;
use crate::world::story;

/// What never changes.
#[hogshead_objects::interface]
pub trait Page {
    fn text(&self, cx: &mut Context<'_>) -> Result<String>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Printed(String);

#[hogshead_objects::object(name = "acme/page", version = 1, constant, construct)]
impl Page for Printed {
    fn text(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok(self.0.clone())
    }
}

/// Who reads it.
#[hogshead_objects::interface]
pub trait Reading {
    fn read(&self, cx: &mut Context<'_>, page: Cap<dyn Page>) -> Result<String>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Reader;

#[hogshead_objects::object(name = "acme/reader", version = 1, construct)]
impl Reading for Reader {
    fn read(&self, cx: &mut Context<'_>, page: Cap<dyn Page>) -> Result<String> {
        page.near(cx).text()
    }
}

#[test]
fn a_constant_is_read_from_any_composition_and_nothing_else_is() {
    story(|world| {
        let page = world.spawn_with("acme/page", "once upon a time".into());
        let (alice, bob) = (world.spawn("acme/reader"), world.spawn("acme/reader"));
        for reader in [alice, bob] {
            let text: Result<String> = world.call(reader, "read", (Cap::<dyn Page>::from(page),));
            assert_eq!(text.unwrap(), "once upon a time");
        }
        let puppet = world.spawn(PUPPET);
        let refused: Result<String> = world.call(alice, "read", (Cap::<dyn Page>::from(puppet),));
        assert_eq!(refused.unwrap_err().class(), Class::Denied);
    });
}
