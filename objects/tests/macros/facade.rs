//! The macros as the facade exports them, over what the facade shows.

/// What stands in a program for the crate `hogshead`.
mod hogshead {
    pub use hogshead_macros::{continuations, interface, object};
    pub use hogshead_objects::face::*;
}

use hogshead::testing::Bench;
use hogshead::{Cap, Context, Promise, Result};
use serde::{Deserialize, Serialize};

#[hogshead::interface(crate = "crate::facade::hogshead")]
trait Echo {
    fn echo(&mut self, cx: &mut Context<'_>, word: String) -> Result<Promise<String>>;
    fn twice(&self, cx: &mut Context<'_>, word: String) -> Result<String>;
}

#[derive(Serialize, Deserialize)]
struct Cave;

#[hogshead::object(name = "cave", version = 1, continuations, crate = "crate::facade::hogshead")]
impl Echo for Cave {
    fn echo(&mut self, cx: &mut Context<'_>, word: String) -> Result<Promise<String>> {
        let this: Cap<dyn Echo> = cx.this()?;
        this.send(cx).twice(word)?.then(cx, Self::on_twice, 2)
    }

    fn twice(&self, _cx: &mut Context<'_>, word: String) -> Result<String> {
        Ok(format!("{word} {word}"))
    }
}

#[hogshead::continuations(crate = "crate::facade::hogshead")]
impl Cave {
    #[continuation]
    fn on_twice(&mut self, _cx: &mut Context<'_>, word: Result<String>, n: u8) -> Result<String> {
        Ok(format!("{} ({n})", word?))
    }
}

#[test]
fn the_macros_need_nothing_but_the_facade() {
    let mut bench = Bench::new();
    let echo = bench.turn(|cx| cx.spawn(Cave)?.send(cx).echo("ho".into())).expect("sent");
    bench.run();
    assert_eq!(bench.answer(echo), Ok("ho ho (2)".to_owned()));
}
