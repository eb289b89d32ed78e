//! Grants of grants, at random, compared with a model of them: none is wider than what it is of.

use hogshead_objects::grant::Caveats;
use hogshead_objects::ids::Timestamp;
use hogshead_objects::{Ref, Value, codec};

use super::{info, revoke, try_grant};
use crate::cast::{PUPPET, Step};
use crate::world::{Dice, Memory, World};

/// What a facet should allow, said in another way than the vat says it.
#[derive(Clone)]
struct Model {
    facet: Ref,
    /// Itself and what it was derived from, as places in the list of all.
    line: Vec<usize>,
    methods: Vec<&'static str>,
    most: u64,
    until: u64,
    uses: u64,
    used: u64,
    revoked: bool,
    deep: bool,
}

const METHODS: [&str; 3] = ["act", "look", "peek"];

#[test]
fn random_grants_of_grants_allow_what_all_of_them_allow() {
    for seed in 0..12 {
        println!("seed {seed}");
        let memory = [Memory::Kept, Memory::Evicted, Memory::Reloaded][seed as usize % 3];
        play(&mut World::new(memory), &mut Dice(seed));
    }
}

fn play(world: &mut World, dice: &mut Dice) {
    let alice = world.spawn(PUPPET);
    let whole = Model {
        facet: alice,
        line: vec![0],
        methods: METHODS.to_vec(),
        most: u64::MAX,
        until: u64::MAX,
        uses: u64::MAX,
        used: 0,
        revoked: false,
        deep: false,
    };
    let mut all = vec![whole];
    let mut number = 0;
    for _ in 0..160 {
        let at = dice.roll(all.len() as u64) as usize;
        match dice.roll(10) {
            0..3 if all.len() < 24 => derive(world, dice, &mut all, at),
            3 if at > 0 => {
                let deep = dice.roll(2) == 0;
                revoke(world, all[at].facet, deep);
                all[at].revoked = true;
                all[at].deep |= deep;
            }
            _ => number += call(world, dice, &mut all, at),
        }
    }
    assert_eq!(world.peek(alice).0, number);
    for model in &all[1..] {
        assert_eq!(info(world, model.facet).used, model.used);
    }
}

fn derive(world: &mut World, dice: &mut Dice, all: &mut Vec<Model>, from: usize) {
    let mut model = all[from].clone();
    // A label, so that every use is counted.
    let mut caveats = Caveats::new().label("random");
    (model.methods, model.most, model.until, model.uses) =
        (METHODS.to_vec(), u64::MAX, u64::MAX, u64::MAX);
    let named = dice.roll(2) == 0;
    if named {
        model.methods = METHODS.into_iter().filter(|_| dice.roll(3) > 0).collect();
        caveats = caveats.methods(model.methods.iter().copied());
    }
    if dice.roll(2) == 0 {
        model.most = dice.roll(6);
        // Only `act` and `look` have arguments, and without any the rule fails.
        caveats = caveats.rule(format!("0.0.Add<={}", model.most).parse().unwrap());
    }
    if dice.roll(3) == 0 {
        model.until = world.now() + dice.roll(300);
        caveats = caveats.until(Timestamp(model.until));
    }
    if dice.roll(3) == 0 {
        model.uses = 1 + dice.roll(4);
        caveats = caveats.uses(model.uses);
    }
    let granted = try_grant(world, all[from].facet, caveats);
    let usable = !all[from].revoked && !line(all, from).any(|model| model.deep);
    let wider = named
        && model.methods.iter().any(|m| line(all, from).any(|above| !above.methods.contains(m)));
    let Ok(facet) = granted else {
        assert!(!usable || wider || all[from].line.len() >= 16, "it could be granted");
        return;
    };
    assert!(usable && !wider, "it could not be granted");
    (model.facet, model.used, model.revoked, model.deep) = (facet, 0, false, false);
    model.line.insert(0, all.len());
    all.push(model);
}

/// Calls a facet; gives what that should have added.
fn call(world: &mut World, dice: &mut Dice, all: &mut [Model], at: usize) -> u64 {
    let method = METHODS[dice.roll(3) as usize];
    let by = dice.roll(6);
    let args: Vec<Value> = match method {
        "peek" => Vec::new(),
        _ => vec![codec::to_value(&vec![Step::Add(by)]).unwrap()],
    };
    let outcome = world.call_value(all[at].facet, method, crate::world::Args(args));
    // The message was delivered in the second turn of the call, and time goes on with each.
    let delivered = world.delivered_at();
    let allowed = !all[at].revoked
        && line(all, at).all(|model| {
            !model.deep
                && model.methods.contains(&method)
                && (model.most == u64::MAX || (method != "peek" && by <= model.most))
                && delivered < model.until
                && model.used < model.uses
        });
    assert_eq!(outcome.is_ok(), allowed, "{method} {by}: {outcome:?}");
    if !allowed {
        return 0;
    }
    for place in all[at].line.clone() {
        all[place].used += 1;
    }
    if method == "act" { by } else { 0 }
}

fn line(all: &[Model], at: usize) -> impl Iterator<Item = &Model> {
    all[at].line.iter().map(|place| &all[*place])
}
