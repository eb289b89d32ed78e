//! Distributed counting: whatever vats send, lend, pipeline, hand off and let go, in whatever order
//! it arrives, nothing held is freed, and nothing is held that nobody has.
//!
//! ```text
//!   actions ──▶ World ── octets ──▶ Ledgers    what each session's two sides may say of counts
//!      └──────▶ Model                          what each vat has in the end
//!                       World::check: all three agree once everything has arrived
//! ```
//!
//! The model knows neither sessions nor positions; the ledgers know the text's rules and nothing of
//! references. A failure prints its actions, made as few as may be, and the seed:
//! `COUNTS_SEED=<seed> COUNTS_CASES=<n> cargo test -p hogshead-captp --test counting` plays it
//! again, or as many others as one likes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod check;
mod ledger;
mod model;
mod world;

use hogshead_captp::session::Carrier;
use hogshead_objects::Ref;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngSeed, TestRunner};

use crate::model::{Kind, Thing, Verb};
use crate::world::World;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Action {
    /// A vat makes an object.
    Make { vat: usize },
    /// A vat makes a promise.
    Promise { vat: usize },
    /// A vat sends some of what it keeps to one of what it keeps.
    Send { vat: usize, to: Index, what: Vec<Index>, verb: Verb, ask: bool },
    /// A vat sends to an answer that it holds.
    Pipeline { vat: usize, to: Index, what: Vec<Index>, verb: Verb, ask: bool },
    /// A vat sends to a part of an answer that it holds.
    Part { vat: usize, of: Index, what: Vec<Index>, verb: Verb },
    /// A vat settles a promise whose resolver it keeps.
    Settle { vat: usize, resolver: Index, with: Option<Index> },
    /// A vat lets go of something.
    Drop { vat: usize, what: Index },
    /// A vat lets go of an answer.
    DropAnswer { vat: usize, which: Index },
    /// What was sent first from one vat to another arrives.
    Arrive { from: usize, to: usize },
    /// A vat is evicted: its sessions remember rows only.
    Evict { vat: usize },
    /// Everything arrives, and all is compared.
    Check,
    /// A session ends wherever it is, and its vats meet anew.
    Sever { pair: usize },
}

fn action(vats: usize) -> impl Strategy<Value = Action> {
    let vat = 0..vats;
    let what = || prop::collection::vec(any::<Index>(), 0..4);
    let verb = || prop_oneof![3 => Just(Verb::Keep), 1 => Just(Verb::Echo), 1 => Just(Verb::Give)];
    let (index, ask) = (any::<Index>, any::<bool>);
    prop_oneof![
        2 => vat.clone().prop_map(|vat| Action::Make { vat }),
        1 => vat.clone().prop_map(|vat| Action::Promise { vat }),
        8 => (vat.clone(), index(), what(), verb(), ask())
            .prop_map(|(vat, to, what, verb, ask)| Action::Send { vat, to, what, verb, ask }),
        3 => (vat.clone(), index(), what(), verb(), ask())
            .prop_map(|(vat, to, what, verb, ask)| Action::Pipeline { vat, to, what, verb, ask }),
        1 => (vat.clone(), index(), what(), verb())
            .prop_map(|(vat, of, what, verb)| Action::Part { vat, of, what, verb }),
        2 => (vat.clone(), index(), prop::option::weighted(0.8, index()))
            .prop_map(|(vat, resolver, with)| Action::Settle { vat, resolver, with }),
        6 => (vat.clone(), index()).prop_map(|(vat, what)| Action::Drop { vat, what }),
        2 => (vat.clone(), index()).prop_map(|(vat, which)| Action::DropAnswer { vat, which }),
        16 => (vat.clone(), vat.clone()).prop_map(|(from, to)| Action::Arrive { from, to }),
        1 => vat.prop_map(|vat| Action::Evict { vat }),
        1 => Just(Action::Check),
    ]
}

/// References that a message may carry: all that the indices pick.
fn picked(world: &World, vat: usize, what: &[Index]) -> Vec<(Thing, Ref)> {
    let kept = world.kept(vat, |_| true);
    let picked = what.iter().filter(|_| !kept.is_empty()).map(|index| *index.get(&kept));
    picked.collect()
}

fn act(world: &mut World, action: &Action) {
    match action {
        Action::Make { vat } => {
            world.make(*vat);
        }
        Action::Promise { vat } => world.promise(*vat),
        Action::Send { vat, to, what, verb, ask } => {
            let targets = world.kept(*vat, |kind| !matches!(kind, Kind::Resolver(_)));
            if !targets.is_empty() {
                let what = picked(world, *vat, what);
                world.send(*vat, *to.get(&targets), *verb, &what, *ask);
            }
        }
        Action::Pipeline { vat, to, what, verb, ask } => {
            let answers = world.answers(*vat);
            if !answers.is_empty() {
                let what = picked(world, *vat, what);
                world.pipeline(*vat, *to.get(&answers), *verb, &what, *ask);
            }
        }
        Action::Part { vat, of, what, verb } => {
            let answers = world.answers(*vat);
            if !answers.is_empty() {
                let what = picked(world, *vat, what);
                world.pipeline_part(*vat, *of.get(&answers), *verb, &what);
            }
        }
        Action::Settle { vat, resolver, with } => {
            let resolvers = world.kept(*vat, |kind| matches!(kind, Kind::Resolver(_)));
            if !resolvers.is_empty() {
                let resolver = *resolver.get(&resolvers);
                let mut may = world.kept(*vat, |_| true);
                may.retain(|(thing, _)| world.may_become(resolver.0, *thing));
                let with = with.filter(|_| !may.is_empty()).map(|with| *with.get(&may));
                world.settle(*vat, resolver, with);
            }
        }
        Action::Drop { vat, what } => {
            // A promise can be settled as long as its own vat has the resolver.
            let mut kept = world.kept(*vat, |kind| !matches!(kind, Kind::Resolver(_)));
            let resolvers = world.kept(*vat, |kind| matches!(kind, Kind::Resolver(_)));
            kept.extend(resolvers.into_iter().filter(|(thing, _)| !world.is_own(*vat, *thing)));
            if !kept.is_empty() {
                world.drop(*vat, *what.get(&kept));
            }
        }
        Action::DropAnswer { vat, which } => {
            let answers = world.answers(*vat);
            if !answers.is_empty() {
                world.drop_answer(*which.get(&answers));
            }
        }
        Action::Arrive { from, to } => {
            world.arrive(*from, *to);
        }
        Action::Evict { vat } => world.evict(*vat),
        Action::Check => world.check(),
        Action::Sever { pair } => world.sever([(0, 1), (0, 2), (1, 2)][*pair]),
    }
}

fn play(mut world: World, actions: &[Action]) {
    for action in actions {
        act(&mut world, action);
    }
    world.end();
}

/// Stories in which sessions end.
fn broken_actions() -> impl Strategy<Value = Vec<Action>> {
    let sever = (0..3_usize).prop_map(|pair| Action::Sever { pair });
    prop::collection::vec(prop_oneof![24 => action(3), 1 => sever], 1..100)
}

fn actions(vats: usize) -> impl Strategy<Value = Vec<Action>> {
    prop::collection::vec(action(vats), 1..100)
}

/// Vats are of one host or they are not: all three, two of them, or none. Those that are not have
/// plain sessions or durable ones.
fn carriers() -> impl Strategy<Value = [Carrier; 3]> {
    let apart = prop_oneof![Just(Carrier::Plain), Just(Carrier::Durable)];
    (0..5_usize, [apart.clone(), apart.clone(), apart]).prop_map(|(which, apart)| match which {
        0 => apart,
        1 => [Carrier::Local; 3],
        pair => std::array::from_fn(|at| match at + 2 == pair {
            true => Carrier::Local,
            false => apart[at],
        }),
    })
}

/// The number in a variable of the environment, or the usual one.
fn setting(name: &str, usual: u64) -> u64 {
    let wanted = std::env::var(name).ok();
    wanted.map_or(usual, |wanted| wanted.parse().expect("a number"))
}

/// Plays as many stories as end within seconds, or `COUNTS_CASES`, from `COUNTS_SEED`.
fn try_all<S: Strategy>(stories: S, play: impl Fn(S::Value)) {
    let seed = setting("COUNTS_SEED", 1);
    let mut runner = TestRunner::new(ProptestConfig {
        cases: u32::try_from(setting("COUNTS_CASES", 64)).expect("not that many"),
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let tried = runner.run(&stories, |story| {
        play(story);
        Ok(())
    });
    tried.unwrap_or_else(|failure| panic!("COUNTS_SEED={seed}: {failure}"));
}

#[test]
fn two_vats_over_a_connection_hold_what_is_held() {
    try_all(actions(2), |actions| play(World::new(2, [Carrier::Plain; 3]), &actions));
}

#[test]
fn two_vats_with_a_durable_session_hold_what_is_held() {
    try_all(actions(2), |actions| play(World::new(2, [Carrier::Durable; 3]), &actions));
}

#[test]
fn two_vats_of_one_host_hold_what_is_held() {
    try_all(actions(2), |actions| play(World::new(2, [Carrier::Local; 3]), &actions));
}

#[test]
fn three_vats_hold_what_is_held() {
    try_all((actions(3), carriers()), |(actions, carriers)| {
        play(World::new(3, carriers), &actions);
    });
}

#[test]
fn an_end_at_any_moment_leaves_nothing() {
    try_all((broken_actions(), carriers()), |(actions, carriers)| {
        play(World::new(3, carriers), &actions);
    });
}
