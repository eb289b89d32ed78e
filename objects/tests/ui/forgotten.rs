//! What only shows once a type's parts are put together.

use hogshead_objects::{Context, Result, Upgrade, continuations, interface, object};
use serde::{Deserialize, Serialize};

#[interface]
trait Named {
    fn name(&self, cx: &mut Context<'_>) -> Result<String>;
}

#[interface]
trait Titled {
    fn name(&self, cx: &mut Context<'_>) -> Result<String>;
}

#[derive(Serialize, Deserialize)]
struct Shop;

// `continuations` is forgotten here.
#[object(name = "shop")]
impl Named for Shop {
    fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok("shop".into())
    }
}

#[continuations]
impl Shop {
    #[continuation]
    fn on_paid(&mut self, _cx: &mut Context<'_>, _paid: Result<u64>) -> Result<()> {
        Ok(())
    }
}

#[derive(Serialize, Deserialize)]
struct Book;

// Both interfaces have a method of one name, and the upgrades leave a gap.
#[object(name = "book", version = 3, interfaces(Titled))]
impl Named for Book {
    fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok("a name".into())
    }
}

impl Titled for Book {
    fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok("a title".into())
    }
}

#[derive(Serialize, Deserialize)]
struct Old;

const UPGRADES: &[Upgrade] = &[Upgrade { from: 1, state: Ok, message: Ok }];

#[object(name = "old", version = 3, upgrades(UPGRADES))]
impl Named for Old {
    fn name(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok("old".into())
    }
}

fn main() {}
