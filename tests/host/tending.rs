//! What owners see of durable sessions, and what becomes of those who depend on what they end.

use hogshead::admin::{SessionDetails, SessionInfo};
use hogshead::{Class, Client, Error, Handle, Host, Value};

use super::cast::{Actor, builder, cast, look_up, soon, until};

/// Alice on one host keeps a reference to Bob on another, under `bob`.
struct Couple {
    folder: tempfile::TempDir,
    near: Host,
    far: Option<Host>,
    hers: Client,
    his: Client,
    alice: Handle<dyn Actor>,
    bob: Handle<dyn Actor>,
}

impl Couple {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let near = builder(&folder.path().join("a")).start().await.unwrap();
        let far = builder(&folder.path().join("b")).start().await.unwrap();
        let (hers, his) = (near.client().await.unwrap(), far.client().await.unwrap());
        let (alice, bob) = (cast(&hers, "alice").await, cast(&his, "bob").await);
        let shared = his.admin().ask().share(bob.value(), None, "x".into()).await.unwrap();
        let sturdy = Value::SturdyRef(Box::new(shared.clone()));
        hers.admin().ask().name("robert".into(), sturdy).await.unwrap();
        // She enlivens him herself, so that the session is her own with him.
        let live = soon(hers.admin().ask().enliven(shared)).await.unwrap();
        soon(alice.ask().keep("bob".into(), live)).await.unwrap();
        soon(alice.ask().ask("bob".into(), "notes".into(), vec![])).await.unwrap();
        Self { folder, near, far: Some(far), hers, his, alice, bob }
    }

    async fn session(&self) -> SessionInfo {
        the_session(&self.hers, "alice").await
    }

    async fn details(&self) -> SessionDetails {
        let asked = self.hers.admin().ask().session_show("alice".into(), "robert".into());
        soon(asked).await.unwrap()
    }

    /// Bob's host goes, and hers has noticed.
    async fn lose_him(&mut self) {
        drop(self.far.take());
        until("he is away", || async { !self.session().await.carried }).await;
    }

    async fn start_his(&mut self) {
        let far = builder(&self.folder.path().join("b")).start().await.unwrap();
        self.his = far.client().await.unwrap();
        self.bob = look_up(&self.his, "bob").await;
        self.far = Some(far);
    }

    async fn ask_bob(&self, method: &str) -> Result<Value, Error> {
        soon(self.alice.ask().ask("bob".into(), method.into(), vec![])).await
    }
}

async fn sessions(client: &Client, vat: &str) -> Vec<SessionInfo> {
    soon(client.admin().ask().session_ls(vat.into(), 0, 100)).await.unwrap()
}

/// The one durable session of a vat.
async fn the_session(client: &Client, vat: &str) -> SessionInfo {
    let mut found = sessions(client, vat).await;
    found.retain(|session| session.kind == "durable");
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// Whether Bob's vat has a session with Alice's; her host's own with him is another.
async fn he_knows_her(couple: &Couple) -> bool {
    let shown = soon(couple.hers.admin().ask().vat_show("alice".into())).await.unwrap();
    let his = sessions(&couple.his, "bob").await;
    his.iter().any(|session| session.peer == shown.info.id)
}

async fn has_durable(client: &Client, vat: &str) -> bool {
    sessions(client, vat).await.iter().any(|session| session.kind == "durable")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_sees_who_holds_what_and_since_when() {
    let couple = Couple::new().await;
    let session = couple.session().await;
    assert_eq!(session.petname.as_deref(), Some("robert"));
    assert_eq!((session.state.as_str(), session.carried), ("open", true));
    assert!(session.began_ms.is_some() && session.heard_ms >= session.began_ms, "{session:?}");
    let shown = soon(couple.hers.admin().ask().vat_show("alice".into())).await.unwrap();
    let shown: Vec<_> = shown.sessions.iter().map(|session| session.id).collect();
    assert!(shown.contains(&session.id), "the vat shows the same: {shown:?}");

    // Bob gets Alice herself, and so her session with him has an export.
    let own = Value::Ref(couple.alice.cap().untyped());
    soon(couple.alice.ask().keep("me".into(), own)).await.unwrap();
    let args = vec![Value::from("alice")];
    let given = couple.alice.ask().give("me".into(), "bob".into(), "keep".into(), args);
    soon(given).await.unwrap();
    let details = couple.details().await;
    let actors: Vec<_> = details.exports.iter().filter(|e| e.what == "hogshead/actor").collect();
    assert_eq!(actors.len(), 1, "{details:?}");
    assert!(actors[0].object.is_some() && actors[0].since_ms.is_some(), "{details:?}");
    let held = details.imports.iter().filter(|import| import.what == "an object");
    assert!(held.map(|import| import.holders).sum::<u64>() >= 1, "{details:?}");
    for text in [session.id.to_string(), session.peer.clone(), "robert".to_owned()] {
        let asked = couple.hers.admin().ask().session_show("alice".into(), text);
        assert_eq!(soon(asked).await.unwrap().info.id, session.id);
    }
    couple.near.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_a_session_breaks_it_for_both_sides_and_says_who_did_it() {
    let mut couple = Couple::new().await;
    assert!(he_knows_her(&couple).await);
    let asked = couple.alice.ask().ask("bob".into(), "later".into(), vec![]);
    couple.ask_bob("notes").await.unwrap();
    let end = couple.hers.admin().ask().session_end("alice".into(), "robert".into());
    let ended = soon(end).await.unwrap();
    assert!(ended.told, "he is there, so he is told");
    let broken = soon(asked).await.unwrap_err();
    assert_eq!(broken.class(), Class::Severed, "{broken}");
    assert!(broken.to_string().contains("the owner ended the session"), "{broken}");
    let broken = couple.ask_bob("notes").await.unwrap_err();
    assert!(broken.to_string().contains("the owner ended the session"), "{broken}");
    assert!(!has_durable(&couple.hers, "alice").await);
    until("his side has ended", || async { !he_knows_her(&couple).await }).await;

    // One with a peer that is away: it learns that when it comes.
    let shared = couple.his.admin().ask().share(couple.bob.value(), None, "y".into());
    let live = couple.hers.admin().ask().enliven(soon(shared).await.unwrap());
    let live = soon(live).await.unwrap();
    soon(couple.alice.ask().keep("bob".into(), live)).await.unwrap();
    couple.ask_bob("notes").await.unwrap();
    couple.lose_him().await;
    let end = couple.hers.admin().ask().session_end("alice".into(), "robert".into());
    assert!(!soon(end).await.unwrap().told);
    couple.start_his().await;
    assert!(!has_durable(&couple.hers, "alice").await);
    couple.near.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_owner_expires_breaks_for_its_holders_and_nothing_else() {
    let couple = Couple::new().await;
    let own = Value::Ref(couple.alice.cap().untyped());
    soon(couple.alice.ask().keep("me".into(), own)).await.unwrap();
    let args = vec![Value::from("alice")];
    let given = couple.alice.ask().give("me".into(), "bob".into(), "keep".into(), args);
    soon(given).await.unwrap();
    let ask_alice = || couple.bob.ask().ask("alice".into(), "notes".into(), vec![]);
    soon(ask_alice()).await.unwrap();

    let details = couple.details().await;
    let export = details.exports.iter().find(|e| e.what == "hogshead/actor").unwrap().position;
    let admin = couple.hers.admin();
    let revoke = |at| admin.ask().session_expire_export("alice".into(), "robert".into(), at);
    soon(revoke(export)).await.unwrap();
    let broken = soon(ask_alice()).await.unwrap_err();
    assert_eq!(broken.class(), Class::Revoked, "{broken}");
    let again = soon(revoke(export)).await.unwrap_err();
    assert_eq!(again.class(), Class::BadCall, "{again}");
    let nothing = soon(revoke(999_999)).await.unwrap_err();
    assert_eq!(nothing.class(), Class::NotFound, "{nothing}");
    let details = couple.details().await;
    let held = details.exports.iter().find(|e| e.position == export).unwrap();
    assert!(held.broken.as_ref().is_some_and(|why| why.contains("took it back")), "{held:?}");
    couple.ask_bob("notes").await.unwrap();
    // He may let go of it, and may be given her again.
    soon(couple.bob.ask().forget("alice".into())).await.unwrap();
    let args = vec![Value::from("again")];
    let given = couple.alice.ask().give("me".into(), "bob".into(), "keep".into(), args);
    soon(given).await.unwrap();
    soon(couple.bob.ask().ask("again".into(), "notes".into(), vec![])).await.unwrap();

    let details = couple.details().await;
    let import = details.imports.iter().find(|i| i.what == "an object" && i.position > 0);
    let import = import.unwrap().position;
    let expire = |at| admin.ask().session_expire("alice".into(), "robert".into(), at);
    soon(expire(import)).await.unwrap();
    let broken = couple.ask_bob("notes").await.unwrap_err();
    assert_eq!(broken.class(), Class::Stopped, "{broken}");
    let nothing = soon(expire(import)).await.unwrap_err();
    assert_eq!(nothing.class(), Class::NotFound, "{nothing}");
    assert!(has_durable(&couple.hers, "alice").await, "the session goes on");
    couple.near.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_shown_and_may_be_dropped_as_far_as_it_was_never_sent() {
    let mut couple = Couple::new().await;
    couple.lose_him().await;
    let asked = couple.alice.ask().ask("bob".into(), "notes".into(), vec![]);
    // What is told is before what is asked here.
    for _ in 0..3 {
        let said = vec![Value::from("x")];
        soon(couple.alice.ask().tell("bob".into(), "note".into(), said, 1)).await.unwrap();
    }
    until("four wait", || async { couple.details().await.outbox.len() >= 4 }).await;
    let details = couple.details().await;
    let actions: Vec<_> = details.outbox.iter().map(|item| item.action.as_str()).collect();
    assert!(actions.iter().any(|action| action.starts_with("note to its object")), "{actions:?}");
    assert!(details.outbox.iter().any(|item| item.asks && item.since_ms.is_some()), "{details:?}");
    let waits = soon(couple.hers.admin().ask().awaited("robert".into())).await.unwrap();
    assert!(waits.is_empty() || waits[0].petname.as_deref() == Some("robert"), "{waits:?}");

    let drop_outbox =
        couple.hers.admin().ask().session_drop_outbox("alice".into(), "robert".into());
    let dropped = soon(drop_outbox).await.unwrap();
    let left = couple.details().await;
    assert_eq!(dropped.left.waiting, 0, "{dropped:?}");
    assert_eq!(left.info.outbox.numbered, dropped.left.numbered);
    assert!(left.outbox.iter().all(|item| item.number.is_some()), "{left:?}");
    drop(asked);

    // Of more than a page the first is shown, and how many there are.
    let said = vec![Value::from("x")];
    soon(couple.alice.ask().tell("bob".into(), "note".into(), said, 300)).await.unwrap();
    until("all wait", || async {
        let outbox = couple.session().await.outbox;
        outbox.numbered + outbox.waiting >= 300
    })
    .await;
    let shown = couple.details().await.outbox.len();
    assert_eq!(shown, hogshead::limits::SESSION_DETAILS_MAX);
    couple.near.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_positions_that_are_nothing_are_clear_errors() {
    let couple = Couple::new().await;
    let admin = couple.hers.admin();
    let long = "x".repeat(10_000);
    for peer in ["", "nobody", "-1", "18446744073709551616", "999999", "\u{202e}", &long, "alice"] {
        for error in [
            soon(admin.ask().session_show("alice".into(), peer.into())).await.unwrap_err(),
            soon(admin.ask().session_end("alice".into(), peer.into())).await.unwrap_err(),
            soon(admin.ask().session_drop_outbox("alice".into(), peer.into())).await.unwrap_err(),
            soon(admin.ask().session_expire("alice".into(), peer.into(), 1)).await.unwrap_err(),
            soon(admin.ask().session_expire_export("alice".into(), peer.into(), u64::MAX))
                .await
                .unwrap_err(),
        ] {
            assert_eq!(error.class(), Class::NotFound, "{peer:?}: {error}");
            assert!(error.message().len() < 400, "{error}");
        }
    }
    let none = soon(admin.ask().session_ls("nobody".into(), 0, 10)).await.unwrap_err();
    assert_eq!(none.class(), Class::NotFound, "{none}");
    let none = soon(admin.ask().session_ls("alice".into(), u64::MAX, u64::MAX)).await.unwrap();
    assert!(none.is_empty(), "{none:?}");
    let wrong = soon(admin.ask().awaited(7_u64.into())).await.unwrap_err();
    assert_eq!(wrong.class(), Class::BadCall, "{wrong}");
    // What the owner's own names lead over is not ended by mistake.
    let own = soon(admin.ask().session_end("alice".into(), "host".into())).await.unwrap_err();
    assert_eq!(own.class(), Class::BadCall, "{own}");
    couple.near.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn peers_of_a_vat_that_is_removed_are_told() {
    let couple = Couple::new().await;
    let asked = couple.alice.ask().ask("bob".into(), "later".into(), vec![]);
    couple.ask_bob("notes").await.unwrap();
    soon(couple.his.admin().ask().vat_rm("bob".into())).await.unwrap();
    let broken = soon(asked).await.unwrap_err();
    assert_eq!(broken.class(), Class::Severed, "{broken}");
    assert!(broken.to_string().contains("removed by its owner"), "{broken}");
    until("her side has ended", || async { !has_durable(&couple.hers, "alice").await }).await;
    couple.near.shutdown().await.unwrap();
}
