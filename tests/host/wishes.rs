//! What waits for a peer to be reached, and who gave which way to it.

use std::collections::BTreeMap;

use hogshead::{Class, Locator, SturdyRef};

use super::cast::{builder, cast, soon, start};

/// The same object by a way on which nobody ever answers.
fn by_websocket(target: &SturdyRef, address: std::net::SocketAddr) -> SturdyRef {
    let hints = Some(BTreeMap::from([("ws".to_owned(), address.to_string())]));
    let peer = Locator { hints, ..target.peer.clone() };
    SturdyRef { peer, swiss: target.swiss.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_way_to_a_peer_does_not_keep_others_from_reaching_it() {
    let folder = tempfile::tempdir().unwrap();
    let a = builder(&folder.path().join("a"));
    let address = "127.0.0.1:0".parse().unwrap();
    let a = a.listen(address).listen_websocket(address).start().await.unwrap();
    let b = start(&folder.path().join("b")).await;
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let (alice, bob) = (cast(&hers, "alice").await, cast(&his, "bob").await);
    let to_alice = soon(hers.admin().ask().share(alice.value(), None, "a".into())).await.unwrap();
    let to_bob = soon(his.admin().ask().share(bob.value(), None, "b".into())).await.unwrap();

    // Somebody gives her a way that leads nowhere, and she goes it.
    let nowhere = tokio::net::TcpListener::bind(address).await.unwrap();
    let wrong = by_websocket(&to_bob, nowhere.local_addr().unwrap());
    let misled = tokio::spawn(hers.admin().ask().enliven(wrong));
    let (dial, _) = soon(nowhere.accept()).await.unwrap();
    // Meanwhile she gets to know the right one. Calls are in order: what is answered after it
    // was asked after it.
    let led = tokio::spawn(hers.admin().ask().enliven(to_bob));
    soon(hers.admin().ask().enliven(to_alice)).await.unwrap();
    assert!(!led.is_finished(), "it waits for the dial that is under way");
    drop((dial, nowhere));

    let error = soon(misled).await.unwrap().unwrap_err();
    assert_eq!(error.class(), Class::Severed, "{error}");
    soon(led).await.unwrap().expect("the right way leads to him");
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}
