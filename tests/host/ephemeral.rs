//! Hosts that keep everything in memory: as others are, but nothing of them lasts.

use super::cast::{Player, builder, cast, over_to, sessions_between, soon, start};
use hogshead::{Engine, Host};

#[tokio::test(flavor = "multi_thread")]
async fn an_ephemeral_host_does_what_others_do_and_is_another_one_at_each_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    for threads in [0, 2] {
        let mut keys = Vec::new();
        for _ in 0..2 {
            let host = builder(&data).ephemeral().turn_threads(threads).start().await.unwrap();
            let client = host.client().await.unwrap();
            let admin = client.admin();
            let info = admin.ask().key().await.unwrap();
            assert_eq!(info.engine, "memory");
            let (alice, bob) = (cast(&client, "alice").await, cast(&client, "bob").await);
            bob.ask().keep("alice".into(), alice.value()).await.unwrap();
            for round in 1..4_u64 {
                let noted = bob.ask().ask_and_note("alice".into(), "note".into(), vec!["x".into()]);
                assert_eq!(soon(noted).await.unwrap(), format!("note: {round}"));
                for name in ["alice", "bob"] {
                    assert_eq!(admin.ask().vat_evict(name.into()).await.unwrap().state, "cold");
                }
            }
            // A method that fails leaves nothing, and its vat goes on.
            let panicked = bob.ask().ask("alice".into(), "panic".into(), vec![]);
            soon(panicked).await.unwrap_err();
            assert_eq!(alice.ask().notes().await.unwrap().len(), 3);
            assert!(host.audit().await.unwrap().is_empty());
            // Nothing of it can be kept.
            let to = folder.path().join("kept").display().to_string();
            let refused = admin.ask().snapshot(to).await.unwrap_err();
            assert!(refused.to_string().contains("ephemeral"), "{refused}");
            keys.push((info.host, admin.ask().vat_show("alice".into()).await.unwrap().info.id));
            soon(host.shutdown()).await.unwrap();
        }
        assert!(keys[0].0 != keys[1].0 && keys[0].1 != keys[1].1);
    }
    let made = std::fs::read_dir(&data).unwrap().map(|file| file.unwrap().file_name());
    let made: Vec<_> = made.map(|name| name.into_string().unwrap()).collect();
    assert!(made.iter().all(|name| name.starts_with("control.sock")), "{made:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_an_ephemeral_host_are_plain_whoever_begins_them() {
    let folder = tempfile::tempdir().unwrap();
    let lasting = start(&folder.path().join("a")).await;
    let fleeting = Host::ephemeral().listen("127.0.0.1:0".parse().unwrap());
    let fleeting = fleeting.register::<Player>().start().await.unwrap();
    let (hers, his) = (lasting.client().await.unwrap(), fleeting.client().await.unwrap());
    let (alice, bob) = (cast(&hers, "alice").await, cast(&his, "bob").await);

    // Bob's vat reaches hers, and hers a vat of his host.
    let far = over_to(&alice, &his).await;
    bob.ask().keep("alice".into(), far.value()).await.unwrap();
    let told = bob.ask().ask("alice".into(), "note".into(), vec!["hello".into()]);
    assert_eq!(soon(told).await.unwrap(), 1.into());
    let carol = cast(&his, "carol").await;
    let far = over_to(&carol, &hers).await;
    alice.ask().keep("carol".into(), far.value()).await.unwrap();
    let told = alice.ask().ask("carol".into(), "note".into(), vec!["hello".into()]);
    assert_eq!(soon(told).await.unwrap(), 1.into());

    for other in ["bob", "carol"] {
        let between = sessions_between((&hers, "alice"), (&his, other)).await;
        let kinds: Vec<_> = between.iter().map(|session| session.kind.as_str()).collect();
        assert_eq!(kinds, ["plain"], "alice and {other}");
    }
    soon(fleeting.shutdown()).await.unwrap();
    lasting.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_a_store_that_lasts_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    start(&data).await.shutdown().await.unwrap();
    for builder in [builder(&data).ephemeral(), builder(&data).engine(Engine::Memory)] {
        let refused = builder.start().await.map(drop).unwrap_err().to_string();
        assert!(refused.contains("a store that lasts"), "{refused}");
    }
    start(&data).await.shutdown().await.unwrap();
}
