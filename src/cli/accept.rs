//! References from other owners: `accept` and `redeem`.

use std::io::{self, IsTerminal};

use hogshead::{Class, Message, SturdyRef, Value};
use serde_json::json;

use super::Context;
use super::arguments::{Accept, Redeem};
use super::failure::Failure;
use super::names;
use super::objects::free_name;
use super::output::write_err;
use super::reference::{self, Reference};

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
    if !out.is_json() {
        return Ok(());
    }
    let (within, last) = names::parts(&accept.name);
    let named = names::all(&owner, within).await?.into_iter().find(|name| name.name == last);
    out.show(&named, String::new)
}

/// Redeems an invitation and names what it has become.
pub async fn redeem(context: &Context, redeem: Redeem) -> Result<(), Failure> {
    let target = Reference::parse(&redeem.target)?;
    let (owner, out) = (&context.owner().await?, context.output);
    if let Some(name) = &redeem.name {
        owner.ensure_free(name).await?;
    }
    let invitation = target.resolve(owner).await?;
    let remedy = "use it as it is: `hogshead accept NAME` keeps a sturdyref";
    let answer = owner.call(&invitation, Message::new("redeem", [])).await;
    let answer = answer.map_err(|failure| match is_unknown(&failure) {
        true => Failure::usage("this is no invitation", remedy),
        false => failure,
    })?;
    let Some(at) = lasting(answer) else {
        return Err(Failure::usage("this is no invitation, though it took the message", remedy));
    };
    let inviter = at.peer.vat().map(|vat| vat.to_string()).unwrap_or_default();
    let name = match redeem.name {
        Some(name) => name,
        None => free_name(owner, "invited").await?,
    };
    let at = Value::SturdyRef(Box::new(at));
    owner.wait(owner.client().admin().ask().name(name.clone(), at)).await?;
    out.show(&json!({"name": name, "inviter": inviter}), || format!("{name}, from {inviter}\n"))
}

/// Whether it is no invitation that was asked: it has no such method, or does not grant it.
fn is_unknown(failure: &Failure) -> bool {
    let told = failure.is_class(Class::BadCall) || failure.is_class(Class::Denied);
    told && failure.wrong().contains("`redeem`")
}

/// The sturdyref in what an invitation answers. Everything else in it is told by the inviter alone;
/// whose vat the sturdyref leads to is proven whenever it is used.
fn lasting(answer: Value) -> Option<SturdyRef> {
    let Value::Struct(mut fields) = answer else { return None };
    match fields.remove("at") {
        Some(Value::SturdyRef(at)) => Some(*at),
        _ => None,
    }
}
