//! The host's clock: `clock …`.

use hogshead::admin::ClockInfo;
use serde_json::json;

use super::Context;
use super::arguments::{Clock, shown};
use super::failure::Failure;
use super::objects::free_name;
use super::output::{Table, lines};

/// Runs a `clock` command.
pub async fn run(context: &Context, clock: Clock) -> Result<(), Failure> {
    let (owner, out) = (&context.owner().await?, context.output);
    let admin = owner.client().admin();
    let info = match clock {
        Clock::Show => owner.wait(admin.ask().clock_show()).await?,
        Clock::Advance { by } => {
            let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
            owner.wait(admin.ask().clock_advance(by)).await?
        }
        Clock::Set { time } => owner.wait(admin.ask().clock_set(time.0)).await?,
        Clock::Accept => owner.wait(admin.ask().clock_accept()).await?,
        Clock::New { vat, name } => {
            let name = match name {
                Some(name) => {
                    owner.ensure_free(&name).await?;
                    name
                }
                None => free_name(owner, "clock").await?,
            };
            let clock = owner.wait(admin.ask().clock(vat.clone())).await?;
            owner.wait(admin.ask().name(name.clone(), clock)).await?;
            return out.show(&json!({"name": name, "vat": vat}), || format!("{name}\n"));
        }
        Clock::Cancel { vat, timer } => {
            if !owner.wait(admin.ask().timer_cancel(vat.clone(), timer)).await? {
                let wrong = format!("{vat} has no timer {timer}: it may have fired");
                let remedy = format!("`hogshead vat show {vat}` lists those that wait");
                return Err(Failure::not_found(wrong, remedy));
            }
            return out.show(&json!({"cancelled": true}), String::new);
        }
    };
    out.show(&info, || describe(&info))
}

fn describe(info: &ClockInfo) -> String {
    let kind = if info.r#virtual { "virtual, set by its owner" } else { "the system's" };
    let now = shown(info.now_ms);
    let mut text = lines(&[("time", &now), ("clock", kind)]);
    if let Some(jumped_to) = info.jumped_to_ms {
        let what = format!(
            "to {}: no timer fires until `hogshead clock accept`, or until the clock is right",
            shown(jumped_to)
        );
        text += &lines(&[("jumped", &what)]);
    }
    let mut due = Table::new(&["due", "vat"]);
    for next in &info.due {
        due.row([shown(next.due_ms), next.vat.clone()]);
    }
    text.push('\n');
    text + &due.render("no timers")
}
