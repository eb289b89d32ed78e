//! Impls that cannot be objects.

use hogshead_objects::{Context, Result, interface, object};

#[interface]
trait Named {
    fn name(&self, cx: &mut Context<'_>) -> Result<String>;
}

struct Nameless;

#[object]
impl Named for Nameless {
    fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
        todo!()
    }
}

struct Inherent;

#[object(name = "inherent")]
impl Inherent {}

struct Generic<T>(T);

#[object(name = "generic")]
impl<T> Named for Generic<T> {
    fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
        todo!()
    }
}

struct Keys;

#[object(nmae = "keys", version = 0, interfaces = Named, construct(a), upgrades(a, b))]
impl Named for Keys {
    fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
        todo!()
    }
}

struct Spaced;

#[object(name = "with space", continuations = true)]
impl Named for Spaced {
    fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
        todo!()
    }
}

#[object(name = "thing")]
struct Thing;

fn main() {}
