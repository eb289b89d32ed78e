//! What the types refuse: the macros are used well, and their results are not.

use hogshead_objects::stock::counter::{Counter, Tally};
use hogshead_objects::{Cap, Context, Promise, Result, continuations, interface, object};
use serde::{Deserialize, Serialize};

trait Plain {
    fn name(&self, cx: &mut Context<'_>) -> Result<String>;
}

#[interface]
trait Shop {
    fn buy(&mut self, cx: &mut Context<'_>, price: u64) -> Result<()>;
}

#[derive(Serialize, Deserialize)]
struct Grocer;

#[object(name = "grocer", continuations)]
impl Shop for Grocer {
    fn buy(&mut self, cx: &mut Context<'_>, price: u64) -> Result<()> {
        let name: Promise<String> = cx.promise()?.0;
        // It awaits a number and captures a text.
        name.then(cx, Self::on_paid, "tea".to_owned())?;
        let number: Promise<u64> = cx.promise()?.0;
        number.then(cx, Self::on_paid, price)?;
        Ok(())
    }
}

#[continuations]
impl Grocer {
    #[continuation]
    fn on_paid(&mut self, _cx: &mut Context<'_>, _paid: Result<u64>, _item: String) -> Result<()> {
        Ok(())
    }
}

#[derive(Serialize, Deserialize)]
struct NoContinuations;

#[object(name = "none", continuations)]
impl Shop for NoContinuations {
    fn buy(&mut self, _cx: &mut Context<'_>, _price: u64) -> Result<()> {
        Ok(())
    }
}

fn calls(cx: &mut Context<'_>, counter: Cap<dyn Counter>, plain: Cap<dyn Plain>) -> Result<()> {
    counter.near(cx).increment("five")?;
    counter.send(cx).imcrement(5)?;
    plain.near(cx).name()?;
    let _: Cap<dyn Shop> = cx.spawn(Tally::default())?;
    Ok(())
}

fn main() {}
