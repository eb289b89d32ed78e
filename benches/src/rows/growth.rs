//! Whether a call's cost stays the same as what is around it grows.

use std::time::Instant;

use futures_util::future::join_all;
use hogshead::{Cap, Client, Context, Handle, Promise, Result, StoredMap, Value};
use serde::{Deserialize, Serialize};

use super::{Plan, one_thread};
use crate::measure::{Spread, ns};
use crate::plot::{Axis, Curve, Plot};
use crate::report::{Goal, Line, Section, Unit};
use crate::stage::{Echo, Pair, Threads, Wall, ephemeral, spawn, spawn_in};

/// Makes echoes and keeps them, and gets them from others.
#[hogshead::interface]
pub trait Heap {
    /// Spawns so many echoes and keeps them.
    fn grow(&mut self, cx: &mut Context<'_>, by: u64) -> Result<()>;

    /// The echoes from this one on, so many of them.
    fn some(&self, cx: &mut Context<'_>, from: u64, count: u64) -> Result<Vec<Cap<dyn Echo>>>;

    /// Keeps the echoes that another has, from this one on.
    fn take(
        &mut self,
        cx: &mut Context<'_>,
        of: Cap<dyn Heap>,
        from: u64,
        count: u64,
    ) -> Result<Promise<()>>;

    /// Keeps an echo.
    fn keep(&mut self, cx: &mut Context<'_>, echo: Cap<dyn Echo>) -> Result<()>;
}

/// The object behind [`Heap`].
#[derive(Serialize, Deserialize, Default)]
pub struct Pile {
    echoes: StoredMap<u64, Cap<dyn Echo>>,
    count: u64,
}

#[hogshead::object(name = "bench-pile", version = 1, construct = Pile::born, continuations)]
impl Heap for Pile {
    fn grow(&mut self, cx: &mut Context<'_>, by: u64) -> Result<()> {
        for _ in 0..by {
            let echo = cx.spawn(Wall::default())?;
            self.keep(cx, echo)?;
        }
        Ok(())
    }

    fn some(&self, cx: &mut Context<'_>, from: u64, count: u64) -> Result<Vec<Cap<dyn Echo>>> {
        let mut all = Vec::new();
        for at in from..from + count {
            all.extend(self.echoes.get(cx, &at)?);
        }
        Ok(all)
    }

    fn take(
        &mut self,
        cx: &mut Context<'_>,
        of: Cap<dyn Heap>,
        from: u64,
        count: u64,
    ) -> Result<Promise<()>> {
        of.send(cx).some(from, count)?.then(cx, Self::on_some, ())
    }

    fn keep(&mut self, cx: &mut Context<'_>, echo: Cap<dyn Echo>) -> Result<()> {
        self.echoes.insert(cx, self.count, echo)?;
        self.count += 1;
        Ok(())
    }
}

#[hogshead::continuations]
impl Pile {
    #[continuation]
    fn on_some(&mut self, cx: &mut Context<'_>, some: Result<Vec<Cap<dyn Echo>>>) -> Result<()> {
        for echo in some? {
            self.keep(cx, echo)?;
        }
        Ok(())
    }
}

impl Pile {
    fn born(_: Value) -> Result<Self> {
        Ok(Self::default())
    }
}

/// What grows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Objects,
    Exports,
    Sessions,
}

impl What {
    /// How many are added at once: a message of as many, or as many vats that come at the same time.
    fn portion(self) -> u64 {
        match self {
            Self::Objects => 1_000,
            Self::Exports | Self::Sessions => 100,
        }
    }
}

/// Measures the row.
pub fn growth(plan: &Plan) -> Section {
    let goal = "the cost of a call stays within a fifth as what is around it grows";
    let mut section = Section::new("growth", "Cost as work grows").goal(goal);
    let all = [
        (What::Objects, "objects of the called vat", vec![10, 1_000, 10_000, 100_000, 1_000_000]),
        (What::Exports, "exports of the session", vec![1, 100, 1_000, 10_000, 100_000]),
        (What::Sessions, "sessions of the calling vat", vec![1, 10, 100, 1_000, 10_000]),
    ];
    let mut curves = Vec::new();
    for (what, name, sizes) in all {
        let mut sizes: Vec<u64> = sizes.into_iter().map(|size| plan.times(size)).collect();
        sizes.dedup();
        let costs = grow(plan, what, &sizes);
        let ratio = |cost: &Cost| (cost.size as f64, cost.grown.median / cost.still.median);
        let points = costs.iter().map(ratio).collect();
        curves.push(Curve { name: name.to_owned(), points });
        for Cost { size, grown, still } in costs {
            let line = Line::new(format!("{size} {name}"), grown, Unit::Ns).against(&still);
            section.line(line.goal(Goal::AtMost(1.2 * still.median)));
        }
    }
    section.note(
        "An ask between two vats of an ephemeral host on one thread; what grows is made beside it. The ratio is to \
         the same ask on another host, on which nothing grows, its rounds in turn with those.",
    );
    section.plot(Plot {
        name: "growth".into(),
        title: "Cost of an ask as work grows".into(),
        x: Axis::factors("how many there are", Unit::Count),
        y: Axis::sums("an ask, over one where nothing grows", Unit::Count),
        curves,
    });
    section
}

/// What an ask takes when there are so many, and meanwhile where nothing grows.
struct Cost {
    size: u64,
    grown: Spread,
    still: Spread,
}

fn grow(plan: &Plan, what: What, sizes: &[u64]) -> Vec<Cost> {
    let runtime = one_thread();
    let pair = |nth| {
        let host = ephemeral(nth, Threads::None, |b| b.register::<Pile>());
        runtime.block_on(async { Pair::near_by(host.await).await })
    };
    let (pair, still) = (pair(1), pair(2));
    let client = pair.client().clone();
    let (hers, his) = runtime.block_on(async {
        let hers = spawn_in::<dyn Heap>(&client, "alice", "bench-pile").await;
        (hers, spawn_in::<dyn Heap>(&client, "bob", "bench-pile").await)
    });
    let (times, mut there, mut costs) = (plan.times(500), 0, Vec::new());
    for &size in sizes {
        while there < size {
            let by = (size - there).min(what.portion());
            runtime.block_on(add(&client, (&hers, &his), what, there, by));
            there += by;
        }
        let round = |pair: &Pair| {
            let begun = Instant::now();
            runtime.block_on(pair.call(1, times, false));
            ns(begun.elapsed()) / times as f64
        };
        let both = || (round(&pair), round(&still));
        both();
        let (grown, still): (Vec<_>, Vec<_>) = (0..plan.rounds).map(|_| both()).unzip();
        costs.push(Cost { size, grown: Spread::of(&grown), still: Spread::of(&still) });
    }
    drop((hers, his, client));
    runtime.block_on(pair.end());
    runtime.block_on(still.end());
    costs
}

async fn add(
    client: &Client,
    (hers, his): (&Handle<dyn Heap>, &Handle<dyn Heap>),
    what: What,
    there: u64,
    by: u64,
) {
    if what == What::Sessions {
        let others = (there..there + by).map(|nth| async move {
            let echo = spawn::<dyn Echo>(client, &format!("other{nth}"), "bench-wall").await;
            hers.ask().keep(echo.cap()).await.expect("kept");
        });
        join_all(others).await;
        return;
    }
    his.ask().grow(by).await.expect("grown");
    if what == What::Exports {
        hers.ask().take(his.cap(), there, by).await.expect("taken");
    }
}
