//! What the owner sees of sessions and does with them: `session …`.

use std::fmt::Write as _;

use hogshead::admin::{HeldInfo, OutboxDropped, SessionDetails, SessionInfo};
use serde_json::json;

use super::Context;
use super::arguments::{Session, shown};
use super::failure::Failure;
use super::limits::SESSION_PAGE;
use super::output::{Table, bytes, lines, short};
use super::owner::Owner;
use super::vats;

/// Runs a `session` command.
pub async fn run(context: &Context, session: Session) -> Result<(), Failure> {
    let (owner, out) = (&context.owner().await?, context.output);
    let admin = owner.client().admin();
    match session {
        Session::Ls { vat } => list(context, owner, vat).await,
        Session::Show { vat, peer } => {
            let details = owner.wait(admin.ask().session_show(vat, peer)).await?;
            out.show(&details, || describe(&details))
        }
        Session::End { vat, peer } => {
            let ended = owner.wait(admin.ask().session_end(vat, peer)).await?;
            out.show(&ended, || match ended.told {
                true => String::new(),
                false => "the peer could not be told: it finds out when it comes\n".to_owned(),
            })
        }
        Session::DropOutbox { vat, peer } => {
            let dropped = owner.wait(admin.ask().session_drop_outbox(vat, peer)).await?;
            out.show(&dropped, || told_of(&dropped))
        }
        Session::Expire { vat, peer, import } => {
            owner.wait(admin.ask().session_expire(vat, peer, import)).await?;
            out.show(&json!({"expired": import}), String::new)
        }
        Session::ExpireExport { vat, peer, export } => {
            owner.wait(admin.ask().session_expire_export(vat, peer, export)).await?;
            out.show(&json!({"expired": export}), String::new)
        }
    }
}

async fn list(context: &Context, owner: &Owner, vat: Option<String>) -> Result<(), Failure> {
    let vats = match vat {
        Some(vat) => vec![vat],
        None => vats::all(owner).await?.into_iter().map(|vat| vat.name).collect(),
    };
    let mut found = Vec::new();
    for vat in vats {
        let sessions = all(owner, &vat).await?;
        found.extend(sessions.into_iter().map(|session| (vat.clone(), session)));
    }
    let rows: Vec<_> =
        found.iter().map(|(vat, session)| json!({"vat": vat, "session": session})).collect();
    context.output.show(&json!({"sessions": rows}), || {
        let mut heads = vec!["vat"];
        heads.extend(HEADS);
        let mut table = Table::new(&heads);
        for (vat, session) in &found {
            table.row(std::iter::once(vat.clone()).chain(cells(session)));
        }
        table.render("no sessions")
    })
}

/// All sessions of a vat, asked for a page at a time.
async fn all(owner: &Owner, vat: &str) -> Result<Vec<SessionInfo>, Failure> {
    let admin = owner.client().admin();
    let mut sessions: Vec<SessionInfo> = Vec::new();
    loop {
        let after = sessions.last().map_or(0, |session| session.id);
        let page = owner.wait(admin.ask().session_ls(vat.to_owned(), after, SESSION_PAGE)).await?;
        let last = (page.len() as u64) < SESSION_PAGE;
        sessions.extend(page);
        if last {
            return Ok(sessions);
        }
    }
}

const HEADS: [&str; 10] = [
    ">id",
    "kind",
    "peer",
    "state",
    "began",
    ">they hold",
    ">we hold",
    ">we await",
    ">they await",
    "outbox",
];

/// Sessions under their headings, as `vat show` has them as well.
pub fn table(sessions: &[SessionInfo]) -> Table {
    let mut table = Table::new(&HEADS);
    for session in sessions {
        table.row(cells(session));
    }
    table
}

fn cells(session: &SessionInfo) -> [String; 10] {
    let outbox = &session.outbox;
    let waiting = outbox.numbered.saturating_add(outbox.waiting);
    let size = bytes(outbox.numbered_bytes.saturating_add(outbox.waiting_bytes));
    [
        session.id.to_string(),
        session.kind.clone(),
        peer(session),
        state(session),
        session.began_ms.map(shown).unwrap_or_default(),
        session.exports.to_string(),
        session.imports.to_string(),
        session.questions.saturating_add(session.wishes).to_string(),
        session.owed.to_string(),
        if waiting == 0 { String::new() } else { format!("{waiting}, {size}") },
    ]
}

/// A peer by the owner's name for it, or by the beginning of its key.
pub fn peer(session: &SessionInfo) -> String {
    let is_key = session.peer.len() > 20 && !session.peer.contains("://");
    let key = if is_key { short(&session.peer) } else { session.peer.clone() };
    match &session.petname {
        Some(name) => format!("{name} ({key})"),
        None => key,
    }
}

/// How a session stands, in words.
pub fn state(session: &SessionInfo) -> String {
    if let Some(fork) = &session.fork {
        return format!("forked, found {}", shown(fork.found_ms));
    }
    if session.carried {
        return match session.silent_ms {
            Some(since) => format!("{}, silent since {}", session.state, shown(since)),
            None => session.state.clone(),
        };
    }
    let mut text = match (session.state.as_str(), session.heard_ms) {
        ("open", Some(heard)) => format!("away since {}", shown(heard)),
        ("open", None) => "away".to_owned(),
        (state, _) => state.to_owned(),
    };
    if session.dialling {
        text += ", being dialled";
    } else if let Some(next) = session.next_dial_ms {
        let _ = write!(text, ", dialled next {}", shown(next));
    }
    text
}

fn describe(details: &SessionDetails) -> String {
    let SessionDetails { info, outbox, exports, imports } = details;
    let optional = |ms: Option<u64>| ms.map_or_else(|| "not known".to_owned(), shown);
    let mut text = lines(&[
        ("session", &info.id.to_string()),
        ("kind", &info.kind),
        ("peer", &info.peer),
        ("name", info.petname.as_deref().unwrap_or("none")),
        ("state", &state(info)),
        ("began", &optional(info.began_ms)),
        ("last heard", &optional(info.heard_ms)),
        ("we await", &format!("{} answers, {} to be reached", info.questions, info.wishes)),
        ("they await", &format!("{} answers", info.owed)),
    ]);
    if let Some(fork) = &info.fork {
        text += &lines(&[("evidence", &fork.evidence)]);
    }
    let mut waits = Table::new(&[">number", "to do", "asks", "since", ">size"]);
    for item in outbox {
        waits.row([
            item.number.map_or_else(|| "waits".to_owned(), |number| number.to_string()),
            item.action.clone(),
            if item.asks { "yes" } else { "no" }.to_owned(),
            item.since_ms.map(shown).unwrap_or_default(),
            bytes(item.bytes),
        ]);
    }
    let all = &info.outbox;
    let unsent = all.numbered.saturating_add(all.waiting);
    for (title, body, shown, total) in [
        ("outbox", waits.render("nothing"), outbox.len(), unsent),
        ("they hold", held(exports), exports.len(), info.exports),
        ("we hold", held(imports), imports.len(), info.imports),
    ] {
        let _ = write!(text, "\n{title}\n");
        for line in body.lines() {
            let _ = writeln!(text, "  {line}");
        }
        let shown = shown as u64;
        if shown > 0 && total > shown {
            let _ = writeln!(text, "  … the first {shown} of {total}");
        }
    }
    text
}

fn held(references: &[HeldInfo]) -> String {
    let mut table = Table::new(&[">position", "what", ">object", ">holders", "since", "broken"]);
    for held in references {
        table.row([
            held.position.to_string(),
            held.what.clone(),
            held.object.map(|object| object.to_string()).unwrap_or_default(),
            held.holders.to_string(),
            held.since_ms.map(shown).unwrap_or_default(),
            held.broken.clone().unwrap_or_default(),
        ]);
    }
    table.render("nothing")
}

fn told_of(dropped: &OutboxDropped) -> String {
    let OutboxDropped { operations, questions, wishes, left } = dropped;
    let mut text = format!("{operations} dropped, {questions} of them questions");
    if *wishes > 0 {
        let _ = write!(text, "; {wishes} that waited to reach the peer");
    }
    text.push('\n');
    if left.numbered > 0 {
        let size = bytes(left.numbered_bytes);
        let _ = writeln!(
            text,
            "{} stay ({size}): they have numbers, so the peer may have them; ending the session \
             is the way to give them up",
            left.numbered
        );
    }
    if left.waiting > 0 {
        let _ = writeln!(text, "{} stay: the peer is owed them", left.waiting);
    }
    text
}
