//! What others may do, and who they are: `grant`, `grants`, `invite`, `revoke`.
//!
//! ```text
//!   words ──Narrowing──▶ Caveats ──Admin──▶ sturdyref ──Handout──▶ file, pipe, camera
//!                                  grants ──▶ tree ──▶ people
//! ```

mod tree;

use hogshead::admin::Revocation;
use hogshead::grant::{Caveats, GrantInfo};
use hogshead::limits::GRANTS_PAGE_MAX;
use hogshead::{Locator, SturdyRef, Timestamp, Value, VatId};
use serde_json::json;

use self::tree::Granted;
use super::Context;
use super::arguments::{
    Grant, Grants, HandOut, Invite, Narrowing, Revoke, Tend, Time, When, shown,
};
use super::failure::Failure;
use super::handout::Handout;
use super::output::Output;
use super::owner::Owner;
use super::reference::Reference;
use super::vats;

/// Makes a grant and writes down a sturdyref to it.
pub async fn grant(context: &Context, grant: Grant) -> Result<(), Failure> {
    let Grant { target, caveats, label, at, hand_out } = grant;
    let at = at.as_deref().map(read_locator).transpose()?;
    let label = label.unwrap_or_else(|| "shared".to_owned());
    let given = Given { target, caveats, label, at, invitation: None };
    given.hand_out(context, hand_out).await
}

/// Makes an invitation and writes down its sturdyref.
pub async fn invite(context: &Context, invite: Invite) -> Result<(), Failure> {
    let Invite { target, caveats, label, bind, hand_out } = invite;
    let label = label.unwrap_or_else(|| "invited".to_owned());
    let given = Given { target, caveats, label, at: None, invitation: Some(bind) };
    given.hand_out(context, hand_out).await
}

/// What is given away.
struct Given {
    target: String,
    caveats: Narrowing,
    label: String,
    /// What the sturdyref says of where the vat is, if it is not what the host does.
    at: Option<Locator>,
    /// Whether an invitation is bound to whoever redeems it, if it is one.
    invitation: Option<bool>,
}

impl Given {
    async fn hand_out(self, context: &Context, to: HandOut) -> Result<(), Failure> {
        let target = Reference::parse(&self.target)?;
        let said = said(&self.caveats)?;
        let (owner, out) = (&context.owner().await?, context.output);
        let handout = Handout::open(to, out)?;
        let (sturdyref, words) = match self.make(owner, &target, said).await {
            Ok(made) => made,
            Err(failure) => {
                handout.abandon();
                return Err(failure);
            }
        };
        let mut shown = sturdyref.clone();
        if let Some(at) = self.at {
            shown.peer = at;
        }
        let document = json!({"label": self.label, "only": self.caveats.only, "may": words});
        match handout.write(&shown, document) {
            Ok(()) => Ok(()),
            Err(failure) => Err(withdraw(owner, sturdyref, failure).await),
        }
    }

    /// Gives the sturdyref, and in words what it grants.
    async fn make(
        &self,
        owner: &Owner,
        target: &Reference,
        said: Caveats,
    ) -> Result<(SturdyRef, String), Failure> {
        let caveats = complete(owner, said, &self.caveats).await?;
        let words = caveats.to_string();
        let caveats = caveats.label(self.label.as_str());
        let value = target.resolve(owner).await?;
        let admin = owner.client().admin();
        let made = match self.invitation {
            Some(bind) => owner.wait(admin.ask().invite(value, caveats, bind)).await?,
            None => owner.wait(admin.ask().grant(value, caveats)).await?,
        };
        Ok((made, words))
    }
}

/// The caveats that the words say by themselves; whatever is wrong with them is known before a
/// host is asked.
fn said(asked: &Narrowing) -> Result<Caveats, Failure> {
    let mut caveats = Caveats::new();
    if let Some(only) = &asked.only {
        if only.iter().any(String::is_empty) {
            let remedy = "name the methods, as in --only increment,count";
            return Err(Failure::usage("--only names an empty method", remedy));
        }
        caveats = caveats.methods(only);
    }
    for rule in &asked.rules {
        caveats = caveats.rule(rule.clone());
    }
    if let Some(uses) = asked.uses {
        caveats = caveats.uses(uses);
    }
    if let Some(rate) = asked.rate {
        caveats = caveats.rate(rate);
    }
    check(caveats)
}

/// Adds what the host's clock and directory are asked for.
async fn complete(
    owner: &Owner,
    mut caveats: Caveats,
    asked: &Narrowing,
) -> Result<Caveats, Failure> {
    if asked.not_before.is_some() || asked.until.is_some() {
        let now = now(owner).await?;
        if let Some(begins) = asked.not_before {
            caveats = caveats.not_before(time(begins, now));
        }
        if let Some(until) = asked.until.map(|until| time(until, now)) {
            if until <= now {
                let wrong = format!("--until is over: for the host it is {}", shown(now.0));
                return Err(Failure::usage(wrong, "give a time to come"));
            }
            caveats = caveats.until(until);
        }
    }
    if let Some(vat) = &asked.to {
        caveats = caveats.only_from(vat_named(owner, vat).await?);
    }
    check(caveats)
}

fn check(caveats: Caveats) -> Result<Caveats, Failure> {
    let checked = caveats.check().map(|()| caveats);
    checked.map_err(|e| Failure::usage(e.message(), "see `hogshead grant --help`"))
}

fn time(when: When, now: Timestamp) -> Timestamp {
    match when {
        When::At(Time(ms)) => Timestamp(ms),
        When::After(ms) => Timestamp(now.0.saturating_add(ms)),
    }
}

/// The time that the host's vats see.
async fn now(owner: &Owner) -> Result<Timestamp, Failure> {
    let clock = owner.wait(owner.client().admin().ask().clock_show()).await?;
    Ok(Timestamp(clock.now_ms))
}

/// The key of a vat: itself, that of what a name leads to, or that of a vat of this host.
async fn vat_named(owner: &Owner, text: &str) -> Result<VatId, Failure> {
    if let Ok(vat) = text.parse() {
        return Ok(vat);
    }
    let names = owner.wait(owner.client().admin().ask().names()).await?;
    let peer = names.iter().find(|name| name.name == text && name.kind == "sturdy");
    if let Some(vat) = peer.and_then(|name| name.to.parse::<Locator>().ok()?.vat().ok()) {
        return Ok(vat);
    }
    let vats = vats::all(owner).await?;
    let ours = vats.iter().find(|vat| vat.name == text).and_then(|vat| vat.id.parse().ok());
    ours.ok_or_else(|| {
        let remedy = "give its key, a name that leads to an object of it (`hogshead name ls`), or \
                      a vat of this host (`hogshead vat ls`)";
        Failure::usage(format!("--to names no vat: {text}"), remedy)
    })
}

/// Shows who holds what from whom.
pub async fn grants(context: &Context, asked: Grants) -> Result<(), Failure> {
    let (owner, out) = (&context.owner().await?, context.output);
    match asked.tend {
        Some(Tend::Confirm { vat, grant }) => return confirm(owner, out, vat, grant).await,
        Some(Tend::Revoke { vat, grant, deep }) => {
            let asked = owner.client().admin().ask().grants_revoke(vat, grant, deep);
            let count = owner.wait(asked).await?;
            return out.show(&json!({"revoked": count}), || revoked(count, deep));
        }
        None => {}
    }
    let admin = owner.client().admin();
    let mut trees = Vec::new();
    match asked.target {
        Some(target) => {
            let found = Reference::parse(&target)?.resolve(owner).await?;
            let vat = owner.wait(admin.ask().vat_of(found.clone())).await?;
            let grants = owner.wait(admin.ask().grants_of(found)).await?;
            tell_cut(grants.len());
            trees.push(Granted { vat, grants });
        }
        None => {
            for vat in vats::all(owner).await?.into_iter().map(|vat| vat.name) {
                let grants = all_of(owner, &vat).await?;
                trees.push(Granted { vat, grants });
            }
        }
    }
    let now = now(owner).await?;
    let grants: Vec<_> = trees.iter().flat_map(|tree| tree::document(tree, now)).collect();
    out.show(&json!({"grants": grants}), || tree::describe(&trees, now))
}

/// All that was granted of a vat, page by page.
async fn all_of(owner: &Owner, vat: &str) -> Result<Vec<GrantInfo>, Failure> {
    let mut all: Vec<GrantInfo> = Vec::new();
    loop {
        let after = all.last().map(|grant| grant.facet);
        let page = owner.client().admin().ask().grants(vat.to_owned(), after);
        let page = owner.wait(page).await?;
        let is_last = page.len() < GRANTS_PAGE_MAX;
        all.extend(page);
        if is_last {
            return Ok(all);
        }
    }
}

/// Says on the error output that a list was cut: the answer has room for so many.
fn tell_cut(shown: usize) {
    if shown == GRANTS_PAGE_MAX {
        eprintln!("the first {shown} are shown; `hogshead grants` without a reference shows all");
    }
}

async fn confirm(
    owner: &Owner,
    out: Output,
    vat: String,
    grant: Option<u64>,
) -> Result<(), Failure> {
    let asked = owner.client().admin().ask().grants_confirm(vat.clone(), grant);
    let count = owner.wait(asked).await?;
    if let (0, Some(grant)) = (count, grant) {
        let known = all_of(owner, &vat).await?;
        if !known.iter().any(|known| known.facet == grant) {
            let wrong = format!("{vat} has no grant {grant}");
            return Err(Failure::not_found(wrong, "`hogshead grants` lists them"));
        }
    }
    out.show(&json!({"confirmed": count}), || match count {
        0 => "nothing was suspended\n".to_owned(),
        1 => "1 grant may be used again\n".to_owned(),
        _ => format!("{count} grants may be used again\n"),
    })
}

/// The text is not repeated: it may be a sturdyref.
fn read_locator(text: &str) -> Result<Locator, Failure> {
    text.parse().map_err(|error| {
        let remedy = "copy what `hogshead start` has printed, ocapn://… without /s/";
        Failure::usage(format!("--at is no locator: {error}"), remedy)
    })
}

/// Nobody can use what could not be written down, so it is revoked again.
async fn withdraw(owner: &Owner, sturdyref: SturdyRef, failure: Failure) -> Failure {
    let reference = Value::SturdyRef(Box::new(sturdyref));
    let revocation = Revocation { reference, label: None, deep: false };
    match owner.wait(owner.client().admin().ask().revoke(revocation)).await {
        Ok(_) => failure.context("nothing was shared"),
        Err(_) => failure.context("shared, but not written down; revoke it by its label"),
    }
}

/// Takes back what was granted.
pub async fn revoke(context: &Context, revoke: Revoke) -> Result<(), Failure> {
    let target = Reference::parse(&revoke.target)?;
    let (owner, out) = (context.owner().await?, context.output);
    let reference = target.find(&owner).await?;
    let revocation = Revocation { reference, label: revoke.label, deep: revoke.deep };
    let count = owner.wait(owner.client().admin().ask().revoke(revocation)).await?;
    out.show(&json!({"revoked": count}), || revoked(count, revoke.deep))
}

fn revoked(count: u64, deep: bool) -> String {
    let below = if deep { ", with all that was derived" } else { "" };
    match count {
        1 => format!("1 facet revoked{below}\n"),
        _ => format!("{count} facets revoked{below}\n"),
    }
}
