//! Tending vats: `vat …`, `parked …` and `key`.

use std::fmt::Write as _;

use hogshead::Class;
use hogshead::admin::{QuotaChange, QuotaInfo, VatDetails, VatInfo, Wait};
use serde_json::json;

use super::Context;
use super::arguments::{self, Parked, Vat};
use super::failure::Failure;
use super::limits::VAT_PAGE;
use super::output::{Output, Table, bytes, lines, short};
use super::owner::Owner;

/// Runs a `vat` command.
pub async fn run(context: &Context, vat: Vat) -> Result<(), Failure> {
    let (owner, out) = (&context.owner().await?, context.output);
    let admin = owner.client().admin();
    let info = match vat {
        Vat::New { name } => new(owner, name).await?,
        Vat::Evict { name } => owner.wait(admin.ask().vat_evict(name)).await?,
        Vat::Pause { name } => owner.wait(admin.ask().vat_pause(name)).await?,
        Vat::Resume { name } => owner.wait(admin.ask().vat_resume(name)).await?,
        Vat::Ls => {
            let vats = all(owner).await?;
            return out.show(&json!({"vats": vats}), || {
                table(&vats).render("no vats: `hogshead vat new NAME` makes one")
            });
        }
        Vat::Show { name } => {
            let details = owner.wait(admin.ask().vat_show(name)).await?;
            return out.show(&details, || describe(&details));
        }
        Vat::Quota(quota) => {
            let arguments::Quota { name, bytes, records, deliveries, timers } = quota;
            let change = QuotaChange { bytes, records, deliveries, timers };
            let quota = owner.wait(admin.ask().vat_quota(name, change)).await?;
            return out.show(&quota, || allowances(&quota));
        }
        Vat::Collect { name } => {
            let freed = owner.wait(admin.ask().collect(name)).await?;
            return out.show(&json!({"freed": freed}), || format!("{freed} records freed\n"));
        }
        Vat::Location { name } => {
            let location = owner.wait(admin.ask().vat_location(name)).await?;
            return out.show(&location, || format!("{}\n", location.record));
        }
        Vat::Rm { name } => {
            owner.wait(admin.ask().vat_rm(name.clone())).await?;
            return out.show(&json!({"removed": name}), String::new);
        }
    };
    out.show(&info, || table(std::slice::from_ref(&info)).render(""))
}

async fn new(owner: &Owner, name: String) -> Result<VatInfo, Failure> {
    match owner.wait(owner.client().admin().ask().vat_new(name.clone())).await {
        Err(failure) if failure.is_class(Class::BadCall) && is_there(owner, &name).await? => {
            let wrong = format!("there is a vat named {name} already");
            Err(Failure::usage(wrong, "choose another name; `hogshead vat ls` lists vats"))
        }
        made => made,
    }
}

/// Runs a `parked` command.
pub async fn parked(context: &Context, parked: Parked) -> Result<(), Failure> {
    let (owner, out) = (&context.owner().await?, context.output);
    let admin = owner.client().admin();
    let (vat, delivery) = match parked {
        Parked::Ls { vat } => return list_parked(owner, out, vat).await,
        Parked::Retry { vat, delivery } => {
            owner.wait(admin.ask().parked_retry(vat.clone(), delivery)).await?;
            (vat, delivery)
        }
        Parked::Drop { vat, delivery } => {
            owner.wait(admin.ask().parked_drop(vat.clone(), delivery)).await?;
            (vat, delivery)
        }
    };
    out.show(&json!({"vat": vat, "delivery": delivery}), String::new)
}

/// Shows who the host is.
pub async fn key(context: &Context) -> Result<(), Failure> {
    let (owner, out) = (context.owner().await?, context.output);
    let info = owner.wait(owner.client().admin().ask().key()).await?;
    out.show(&info, || {
        let ways = info.ways.iter().map(|(name, addresses)| format!("{name}={addresses}"));
        let ways = ways.collect::<Vec<_>>().join("  ");
        let text = lines(&[
            ("host", &info.host),
            ("vat zero", &info.vat_zero),
            ("ways", &ways),
            ("engine", &info.engine),
            ("commit", &info.commit.to_string()),
            ("durable", &info.durable.to_string()),
        ]);
        match info.clock_jumped_to_ms {
            Some(_) => text + &lines(&[("clock", "it jumped: see `hogshead clock show`")]),
            None => text,
        }
    })
}

/// Refuses the name of a vat that is not there.
pub async fn ensure_there(owner: &Owner, name: &str) -> Result<(), Failure> {
    match is_there(owner, name).await? {
        true => Ok(()),
        false => {
            let wrong = format!("there is no vat named {name}");
            Err(Failure::not_found(wrong, "`hogshead vat ls` lists vats"))
        }
    }
}

async fn is_there(owner: &Owner, name: &str) -> Result<bool, Failure> {
    match owner.wait(owner.client().admin().ask().vat_show(name.to_owned())).await {
        Ok(_) => Ok(true),
        Err(failure) if failure.is_class(Class::NotFound) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// All vats, asked for a page at a time.
pub async fn all(owner: &Owner) -> Result<Vec<VatInfo>, Failure> {
    let admin = owner.client().admin();
    let mut vats: Vec<VatInfo> = Vec::new();
    loop {
        let after = vats.last().map(|vat| vat.name.clone()).unwrap_or_default();
        let page = owner.wait(admin.ask().vat_ls(after, VAT_PAGE)).await?;
        let last = (page.len() as u64) < VAT_PAGE;
        vats.extend(page);
        if last {
            return Ok(vats);
        }
    }
}

async fn list_parked(owner: &Owner, out: Output, vat: Option<String>) -> Result<(), Failure> {
    let vats = match vat {
        Some(vat) => vec![vat],
        None => all(owner).await?.into_iter().map(|vat| vat.name).collect(),
    };
    let mut found = Vec::new();
    for vat in vats {
        let waits = owner.wait(owner.client().admin().ask().parked(vat.clone())).await?;
        found.extend(waits.into_iter().map(|wait| (vat.clone(), wait)));
    }
    let rows: Vec<_> = found.iter().map(|(vat, wait)| parked_json(vat, wait)).collect();
    out.show(&json!({"parked": rows}), || {
        let mut table = Table::new(&["vat", ">delivery", "action", "cause"]);
        for (vat, wait) in found {
            let cause = wait.cause.unwrap_or_default();
            table.row([vat, wait.delivery.to_string(), wait.action, cause]);
        }
        table.render("nothing is parked")
    })
}

fn parked_json(vat: &str, wait: &Wait) -> serde_json::Value {
    json!({
        "vat": vat,
        "delivery": wait.delivery,
        "trigger": wait.trigger,
        "action": wait.action,
        "cause": wait.cause,
    })
}

fn table(vats: &[VatInfo]) -> Table {
    let mut table = Table::new(&["name", "state", ">turns", ">records", ">size", "key"]);
    for vat in vats {
        let state = match vat.paused {
            true => format!("{}, paused", vat.state),
            false => vat.state.clone(),
        };
        table.row([
            vat.name.clone(),
            state,
            vat.turns.to_string(),
            vat.records.to_string(),
            bytes(vat.bytes),
            short(&vat.id),
        ]);
    }
    table
}

fn allowances(quota: &QuotaInfo) -> String {
    let QuotaInfo { vat: _, bytes: octets, records, deliveries, timers } = quota;
    let mut table = Table::new(&["what", ">used", ">quota"]);
    table.row(["bytes".to_owned(), bytes(octets.used), bytes(octets.quota)]);
    for (what, of) in [("records", records), ("deliveries", deliveries), ("timers", timers)] {
        table.row([what.to_owned(), of.used.to_string(), of.quota.to_string()]);
    }
    table.render("")
}

fn describe(details: &VatDetails) -> String {
    let VatDetails { info, epoch, certificate_expires_ms, .. } = details;
    let state = match info.paused {
        true => format!("{}, paused", info.state),
        false => info.state.clone(),
    };
    let mut text = lines(&[
        ("name", &info.name),
        ("key", &info.id),
        ("state", &state),
        ("turns", &info.turns.to_string()),
        ("kept", &format!("{} records, {}", info.records, bytes(info.bytes))),
        ("certificate", &format!("epoch {epoch}, ends {}", date(*certificate_expires_ms))),
    ]);
    let mut objects = Table::new(&[">id", "kind", ">version", ">size"]);
    for object in &details.objects {
        let size = bytes(object.bytes);
        let version = object.version.to_string();
        objects.row([object.id.to_string(), object.kind.clone(), version, size]);
    }
    let mut grants = Table::new(&[">facet", ">object", "label", "may", "state", ">sturdyrefs"]);
    for grant in &details.grants {
        let state = if grant.revoked { "revoked" } else { "valid" }.to_owned();
        let shares = grant.shares.to_string();
        let (facet, object) = (grant.facet.to_string(), grant.object.to_string());
        grants.row([facet, object, grant.label.clone(), grant.may.clone(), state, shares]);
    }
    let mut waits = Table::new(&[">delivery", "waits for", "to do", "parked because"]);
    for wait in &details.waits_for {
        let cause = wait.cause.clone().unwrap_or_default();
        let action = match wait.timer {
            Some(timer) => format!("timer {timer}: {}", wait.action),
            None => wait.action.clone(),
        };
        waits.row([wait.delivery.to_string(), wait.trigger.clone(), action, cause]);
    }
    for (title, body) in [
        ("objects", objects.render("none")),
        ("shared", grants.render("nothing")),
        ("sessions", super::sessions::table(&details.sessions).render("none")),
        ("waits for", waits.render("nothing")),
    ] {
        let _ = write!(text, "\n{title}\n");
        for line in body.lines() {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

/// A point in time as a date and minute in UTC.
fn date(ms: u64) -> String {
    // Days since 1970 to a date, after the civil calendar algorithm that starts years in March.
    let (days, minutes) = (ms / 86_400_000 + 719_468, ms / 60_000 % 1440);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year + era * 400 + next;
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_reads_as_the_calendar_does() {
        for (ms, text) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_399_999, "2000-02-28 23:59 UTC"),
            (951_782_400_000, "2000-02-29 00:00 UTC"),
            (1_795_219_200_000, "2026-11-21 00:00 UTC"),
            (4_107_542_400_000, "2100-03-01 00:00 UTC"),
        ] {
            assert_eq!(date(ms), text);
        }
    }
}
