//! Objects that crash, each in one way: what they may take down with them, and what not.

use std::hint::black_box;
use std::time::Duration;

use hogshead::{Cap, Context, Error, HostBuilder, Message, Result};
use serde::{Deserialize, Serialize};

/// Adds the kinds of this trial to a host.
pub fn register(builder: HostBuilder) -> HostBuilder {
    builder.register::<Crasher>().register::<Orderly>()
}

/// With this variable in its environment a host has the repaired [`Crasher`].
pub const REPAIRED: &str = "TRIALS_REPAIRED";

/// Crashes in every way there is.
#[hogshead::interface]
pub trait Trouble {
    /// Does its work: counts.
    fn work(&mut self, cx: &mut Context<'_>) -> Result<u64>;

    /// Panics after it has changed its state.
    fn panic(&mut self, cx: &mut Context<'_>) -> Result<u64>;

    /// Calls near without end.
    fn dive(&mut self, cx: &mut Context<'_>) -> Result<u64>;

    /// Recurses natively without end.
    fn overflow(&mut self, cx: &mut Context<'_>) -> Result<u64>;

    /// Allocates without end.
    fn exhaust(&mut self, cx: &mut Context<'_>) -> Result<u64>;

    /// Recurses natively without end, before anything can become durable.
    fn overflow_at_once(&mut self, cx: &mut Context<'_>) -> Result<u64>;

    /// Tells itself these, each to be done in a turn of its own.
    fn later(&mut self, cx: &mut Context<'_>, methods: Vec<String>) -> Result<()>;
}

/// The crasher.
#[derive(Serialize, Deserialize, Default)]
pub struct Crasher {
    count: u64,
}

impl Crasher {
    /// Whether this process has the repaired code. Whatever led here has become durable before
    /// the crash, which makes the tests certain of what is found after it.
    fn repaired(&mut self) -> bool {
        self.count += 1;
        if std::env::var_os(REPAIRED).is_some() {
            return true;
        }
        std::thread::sleep(SETTLING);
        false
    }
}

#[hogshead::object(name = "crasher", version = 1, construct = |_| Ok(Crasher::default()))]
impl Trouble for Crasher {
    fn work(&mut self, _cx: &mut Context<'_>) -> Result<u64> {
        self.count += 1;
        Ok(self.count)
    }

    #[expect(clippy::panic, reason = "this is what it is for")]
    fn panic(&mut self, _cx: &mut Context<'_>) -> Result<u64> {
        self.count += 1;
        panic!("a secret of its insides");
    }

    fn dive(&mut self, cx: &mut Context<'_>) -> Result<u64> {
        self.count += 1;
        let deeper = cx.spawn(Self::default())?;
        deeper.near(cx).dive()
    }

    fn overflow(&mut self, _cx: &mut Context<'_>) -> Result<u64> {
        if !self.repaired() {
            black_box(dig(0));
        }
        Ok(self.count)
    }

    fn exhaust(&mut self, _cx: &mut Context<'_>) -> Result<u64> {
        if !self.repaired() {
            let mut hoard = Vec::new();
            while black_box(hoard.len()) < usize::MAX {
                hoard.push(vec![black_box(1_u8); 1 << 20]);
            }
        }
        Ok(self.count)
    }

    fn overflow_at_once(&mut self, _cx: &mut Context<'_>) -> Result<u64> {
        Ok(dig(0))
    }

    fn later(&mut self, cx: &mut Context<'_>, methods: Vec<String>) -> Result<()> {
        let this = cx.this::<dyn Trouble>()?;
        methods.into_iter().try_for_each(|method| cx.tell(this, Message::new(method, [])))
    }
}

/// Needs more stack with every step.
fn dig(depth: u64) -> u64 {
    let frame = black_box([depth; 128]);
    if black_box(depth) == u64::MAX {
        return 0;
    }
    dig(depth + 1).wrapping_add(frame[(depth % 128) as usize])
}

/// Orders work from another vat and remembers what came of it.
#[hogshead::interface]
pub trait Orders {
    /// Sends a message with this method.
    fn order(&mut self, cx: &mut Context<'_>, to: Cap<dyn Trouble>, method: String) -> Result<()>;

    /// What came of the orders, in the order in which it came.
    fn heard(&self, cx: &mut Context<'_>) -> Result<Vec<String>>;
}

/// The one who orders.
#[derive(Serialize, Deserialize, Default)]
pub struct Orderly {
    heard: Vec<String>,
}

#[hogshead::object(
    name = "orderly", version = 1, continuations, construct = |_| Ok(Orderly::default())
)]
impl Orders for Orderly {
    fn order(&mut self, cx: &mut Context<'_>, to: Cap<dyn Trouble>, method: String) -> Result<()> {
        let answer = cx.send(to, Message::new(method, []))?.cast::<u64>();
        let _ = answer.then(cx, Self::came, ())?;
        Ok(())
    }

    fn heard(&self, _cx: &mut Context<'_>) -> Result<Vec<String>> {
        Ok(self.heard.clone())
    }
}

#[hogshead::continuations]
impl Orderly {
    #[continuation]
    fn came(&mut self, _cx: &mut Context<'_>, outcome: Result<u64, Error>) -> Result<()> {
        self.heard.push(match outcome {
            Ok(count) => format!("{count}"),
            Err(error) => error.to_string(),
        });
        Ok(())
    }
}

/// Far longer than a commit takes to become durable.
const SETTLING: Duration = Duration::from_millis(300);
