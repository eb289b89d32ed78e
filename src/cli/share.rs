//! References on their way between owners: `share`, `accept` and `revoke`.

use std::io::{self, IsTerminal};

use hogshead::admin::Revocation;
use hogshead::{Locator, SturdyRef, Value};
use serde_json::json;

use super::Context;
use super::arguments::{Accept, Revoke, Share};
use super::failure::Failure;
use super::handout::Handout;
use super::output::write_err;
use super::owner::Owner;
use super::reference::{self, Reference};

/// Makes a facet and writes down a sturdyref to it.
pub async fn share(context: &Context, share: Share) -> Result<(), Failure> {
    if let Some(only) = &share.only
        && only.iter().any(String::is_empty)
    {
        let remedy = "name the methods, as in --only increment,count";
        return Err(Failure::usage("--only names an empty method", remedy));
    }
    let target = Reference::parse(&share.target)?;
    let at = share.at.as_deref().map(read_locator).transpose()?;
    let (owner, out) = (&context.owner().await?, context.output);
    let handout = Handout::open(share.hand_out, out)?;
    let label = share.label.unwrap_or_else(|| "shared".to_owned());
    let made = match target.resolve(owner).await {
        Ok(value) => {
            let admin = owner.client().admin();
            owner.wait(admin.ask().share(value, share.only.clone(), label.clone())).await
        }
        Err(failure) => Err(failure),
    };
    let sturdyref = match made {
        Ok(sturdyref) => sturdyref,
        Err(failure) => {
            handout.abandon();
            return Err(failure);
        }
    };
    let mut shown = sturdyref.clone();
    if let Some(at) = at {
        shown.peer = at;
    }
    let document = json!({"label": label, "only": share.only});
    match handout.write(&shown, document) {
        Ok(()) => Ok(()),
        Err(failure) => Err(withdraw(owner, sturdyref, failure).await),
    }
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
    let revocation = Revocation { reference, label: None };
    match owner.wait(owner.client().admin().ask().revoke(revocation)).await {
        Ok(_) => failure.context("nothing was shared"),
        Err(_) => failure.context("shared, but not written down; revoke it by its label"),
    }
}

/// Reads a sturdyref from standard input and names it.
pub async fn accept(context: &Context, accept: Accept) -> Result<(), Failure> {
    let (owner, out) = (context.owner().await?, context.output);
    owner.ensure_free(&accept.name).await?;
    if io::stdin().is_terminal() {
        write_err("hogshead: waiting for a sturdyref: paste it, then Enter and Ctrl-D");
    }
    let sturdyref = Value::SturdyRef(Box::new(reference::read_input()?));
    let admin = owner.client().admin();
    owner.wait(admin.ask().name(accept.name.clone(), sturdyref)).await?;
    let names = owner.wait(admin.ask().names()).await?;
    let named = names.into_iter().find(|name| name.name == accept.name);
    out.show(&named, String::new)
}

/// Takes back what was shared.
pub async fn revoke(context: &Context, revoke: Revoke) -> Result<(), Failure> {
    let target = Reference::parse(&revoke.target)?;
    let (owner, out) = (context.owner().await?, context.output);
    let reference = target.find(&owner).await?;
    let revocation = Revocation { reference, label: revoke.label };
    let count = owner.wait(owner.client().admin().ask().revoke(revocation)).await?;
    out.show(&json!({"revoked": count}), || match count {
        0 => "nothing was shared of it\n".to_owned(),
        1 => "1 facet revoked\n".to_owned(),
        _ => format!("{count} facets revoked\n"),
    })
}
