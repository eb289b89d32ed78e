//! Hosts come back at other addresses, and whoever knew them finds them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ed25519_dalek::SigningKey;
use hogshead::admin::LocationInfo;
use hogshead::limits::{FORWARDS_KEPT_MAX, FORWARDS_PAGE_MAX};
use hogshead::stock::counter::Counter;
use hogshead::{Class, Client, Handle, Host, HostBuilder, SturdyRef};
use hogshead_objects::location::LocationRecord;

use super::cast::{Player, look_up, sessions, soon, spawn, until};

/// A folder of hosts that are reached by Unix sockets: addresses that a test may choose.
struct Town(tempfile::TempDir);

impl Town {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn address(&self, name: &str) -> PathBuf {
        self.0.path().join(format!("{name}.sock"))
    }

    fn host(&self, name: &str, address: &str) -> HostBuilder {
        let data: &Path = &self.0.path().join(name);
        let builder = Host::builder(data).idle(Duration::from_secs(3600)).turn_threads(2);
        builder.listen_unix(self.address(address)).register::<Player>()
    }

    /// The host of that name, reached at an address of its choice.
    async fn start(&self, name: &str, address: &str) -> (Host, Client) {
        Self::run(self.host(name, address)).await
    }

    /// The same, but what it asks fails with its connection, and at once if there is none.
    async fn start_plain(&self, name: &str, address: &str) -> (Host, Client) {
        Self::run(self.host(name, address).plain_sessions()).await
    }

    async fn run(builder: HostBuilder) -> (Host, Client) {
        let host = builder.start().await.unwrap();
        let client = host.client().await.unwrap();
        (host, client)
    }

    /// Alice's host at its first address, and a sturdyref to a counter in her vat.
    async fn alice(&self) -> (Host, Client, SturdyRef) {
        let (host, client) = self.start("alice", "first").await;
        let admin = client.admin();
        admin.ask().vat_new("alice".into()).await.unwrap();
        let counter: Handle<dyn Counter> = spawn(&client, "alice", "hogshead/counter", "c").await;
        let shared = admin.ask().share(counter.value(), None, "all".into()).await.unwrap();
        (host, client, shared)
    }
}

async fn location(client: &Client, vat: &str) -> LocationInfo {
    soon(client.admin().ask().vat_location(vat.into())).await.unwrap()
}

async fn increment(client: &Client, shared: &SturdyRef) -> hogshead::Result<u64> {
    let live = soon(client.admin().ask().enliven(shared.clone())).await?;
    let counter: Handle<dyn Counter> = client.handle(&live).unwrap().cast();
    soon(counter.ask().increment(1)).await
}

async fn forwards(client: &Client) -> Vec<(String, u64)> {
    let listed = soon(client.admin().ask().forward_ls(String::new(), 1000)).await.unwrap();
    listed.into_iter().map(|forward| (forward.vat, forward.number)).collect()
}

/// Waits until no session over a connection is left to the owner.
async fn parted(client: &Client) {
    until("the connection has ended", || async {
        sessions(client, "host").await.iter().all(|session| session.kind != "plain")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_has_the_addresses_that_there_are_and_a_number_that_grows_with_them() {
    let town = Town::new();
    let (host, client, shared) = town.alice().await;
    let first = location(&client, "alice").await;
    let at = |name: &str| {
        BTreeMap::from([("unix".to_owned(), town.address(name).display().to_string())])
    };
    assert_eq!((first.number, &first.ways), (1, &at("first")));
    assert_eq!(first.vat, shared.peer.designator);
    let record: LocationRecord = first.record.parse().unwrap();
    assert_eq!((record.number, &record.ways), (1, &first.ways));
    assert_eq!(location(&client, "alice").await, first, "asking again signs nothing");
    host.shutdown().await.unwrap();

    let (host, client) = town.start("alice", "first").await;
    assert_eq!(location(&client, "alice").await, first, "nor does a start at the same address");
    host.shutdown().await.unwrap();

    for (number, address) in [(2, "second"), (3, "first")] {
        let (host, client) = town.start("alice", address).await;
        let moved = location(&client, "alice").await;
        assert_eq!((moved.number, moved.ways), (number, at(address)));
        host.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_nobody_can_reach_has_no_record() {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::builder(&folder.path().join("a")).start().await.unwrap();
    let client = host.client().await.unwrap();
    client.admin().ask().vat_new("alice".into()).await.unwrap();
    let error = soon(client.admin().ask().vat_location("alice".into())).await.unwrap_err();
    assert_eq!(error.class(), Class::NotFound, "{error}");
    assert!(error.message().contains("--listen-unix"), "{error}");
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_old_sturdyref_is_sent_on_and_need_not_be_again() {
    let town = Town::new();
    let (host, _, shared) = town.alice().await;
    host.shutdown().await.unwrap();
    let (alice, hers) = town.start("alice", "second").await;
    let record = location(&hers, "alice").await.record;

    // Somebody else answers at the first address now. Without the record it knows of nobody.
    let (old, of_old) = town.start("old", "first").await;
    let (bob, his) = town.start("bob", "bob").await;
    let error = increment(&his, &shared).await.unwrap_err();
    assert!(error.message().contains("no such vat"), "{error}");
    let added = soon(of_old.admin().ask().forward_add(record)).await.unwrap();
    assert_eq!(forwards(&of_old).await, [(added.vat, added.number)]);
    assert_eq!(increment(&his, &shared).await.unwrap(), 1);

    // The record is still there when the old host has been restarted.
    drop(of_old);
    old.shutdown().await.unwrap();
    let (old, of_old) = town.start("old", "first").await;
    let (carol, of_carol) = town.start("carol", "carol").await;
    assert_eq!(increment(&of_carol, &shared).await.unwrap(), 2);

    // Bob's host has kept where Alice is, over its own restart, and asks at the old address no more.
    drop((of_old, his));
    old.shutdown().await.unwrap();
    bob.shutdown().await.unwrap();
    let (bob, his) = town.start("bob", "bob").await;
    assert_eq!(increment(&his, &shared).await.unwrap(), 3);
    for host in [alice, bob, carol] {
        host.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trail_over_several_hosts_is_followed_and_one_that_leads_back_is_not() {
    let town = Town::new();
    let (host, client, shared) = town.alice().await;
    let at_first = location(&client, "alice").await.record;
    host.shutdown().await.unwrap();
    let (host, client) = town.start("alice", "second").await;
    let at_second = location(&client, "alice").await.record;
    host.shutdown().await.unwrap();
    let (alice, hers) = town.start("alice", "third").await;
    let at_third = location(&hers, "alice").await.record;

    let (one, of_one) = town.start("one", "first").await;
    let (two, of_two) = town.start("two", "second").await;
    let (bob, his) = town.start_plain("bob", "bob").await;
    soon(of_one.admin().ask().forward_add(at_second)).await.unwrap();
    soon(of_two.admin().ask().forward_add(at_first)).await.unwrap();
    let error = increment(&his, &shared).await.unwrap_err();
    assert!(error.message().contains("number 1, and 2 is known already"), "{error}");

    soon(of_two.admin().ask().forward_add(at_third)).await.unwrap();
    assert_eq!(increment(&his, &shared).await.unwrap(), 1);

    // Bob has heard of the third: nobody leads him back to the second.
    for host in [alice, one, two] {
        host.shutdown().await.unwrap();
    }
    parted(&his).await;
    let (one, of_one) = town.start("one", "third").await;
    assert_eq!(forwards(&of_one).await.len(), 1, "with the second");
    let error = increment(&his, &shared).await.unwrap_err();
    assert!(error.message().contains("number 2, and 3 is known already"), "{error}");
    for host in [bob, one] {
        host.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_finds_by_its_own_forwarding_records_too() {
    let town = Town::new();
    let (host, _, shared) = town.alice().await;
    host.shutdown().await.unwrap();
    let (alice, hers) = town.start("alice", "second").await;
    let (bob, his) = town.start("bob", "bob").await;
    let error = increment(&his, &shared).await.unwrap_err();
    assert_eq!(error.class(), Class::Severed, "nobody is at the first address: {error}");
    let record = location(&hers, "alice").await.record;
    soon(his.admin().ask().forward_add(record)).await.unwrap();
    assert_eq!(increment(&his, &shared).await.unwrap(), 1);
    for host in [alice, bob] {
        host.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_good_word_of_a_vat_is_not_kept() {
    let town = Town::new();
    let (host, client, _) = town.alice().await;
    let admin = client.admin();
    let own = location(&client, "alice").await;
    let error = soon(admin.ask().forward_add(own.record)).await.unwrap_err();
    assert!(error.message().contains("hosted here"), "{error}");
    let key = SigningKey::from_bytes(&[9; 32]);
    let sign = |number| LocationRecord::sign(&key, number, BTreeMap::new()).unwrap();
    let mut forged = sign(3);
    forged.number = 4;
    for (text, part) in [
        (forged.to_string(), "not signed by the vat"),
        ("hogloc:".to_owned(), "not a location record"),
        ("ocapn://abc.hog".to_owned(), "base64url"),
        (format!("hogloc:{}", "A".repeat(100_000)), "at most"),
    ] {
        let error = soon(admin.ask().forward_add(text)).await.unwrap_err();
        assert_eq!(error.class(), Class::BadCall);
        assert!(error.message().contains(part), "{error}");
    }
    // With line ends around it, as files have them.
    soon(admin.ask().forward_add(format!(" {}\n", sign(3)))).await.unwrap();
    soon(admin.ask().forward_add(sign(3).to_string())).await.unwrap();
    let error = soon(admin.ask().forward_add(sign(2).to_string())).await.unwrap_err();
    assert!(error.message().contains("newer record of this vat, number 3"), "{error}");
    soon(admin.ask().forward_add(sign(4).to_string())).await.unwrap();
    let vat = sign(4).vat.to_string();
    assert_eq!(forwards(&client).await, [(vat.clone(), 4)]);
    soon(admin.ask().forward_rm(vat.clone())).await.unwrap();
    assert_eq!(forwards(&client).await, []);
    let error = soon(admin.ask().forward_rm(vat)).await.unwrap_err();
    assert_eq!(error.class(), Class::NotFound);
    let error = soon(admin.ask().forward_rm("alice".into())).await.unwrap_err();
    assert!(error.message().contains("names no vat"), "{error}");
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn forwarding_records_are_bounded_in_number_and_listed_in_pages() {
    let town = Town::new();
    let (host, client, _) = town.alice().await;
    let admin = client.admin();
    let record = |n: usize, number| {
        let mut seed = [5; 32];
        seed[..8].copy_from_slice(&n.to_be_bytes());
        LocationRecord::sign(&SigningKey::from_bytes(&seed), number, BTreeMap::new()).unwrap()
    };
    let records: Vec<_> = (0..FORWARDS_KEPT_MAX).map(|n| record(n, 1)).collect();
    for some in records.chunks(128) {
        let adds: Vec<_> =
            some.iter().map(|record| admin.ask().forward_add(record.to_string())).collect();
        for add in adds {
            soon(add).await.unwrap();
        }
    }
    let one_more = record(FORWARDS_KEPT_MAX, 1).to_string();
    let error = soon(admin.ask().forward_add(one_more.clone())).await.unwrap_err();
    assert_eq!(error.class(), Class::Limit, "{error}");
    // Those that are there may be replaced, and one that goes leaves its place.
    soon(admin.ask().forward_add(record(0, 2).to_string())).await.unwrap();

    let all = soon(admin.ask().forward_ls(String::new(), u64::MAX)).await.unwrap();
    assert_eq!(all.len() as u64, FORWARDS_PAGE_MAX);
    let mut listed = Vec::new();
    loop {
        let after = listed.last().cloned().unwrap_or_default();
        let page = soon(admin.ask().forward_ls(after, 100)).await.unwrap();
        if page.is_empty() {
            break;
        }
        assert!(page.len() <= 100);
        listed.extend(page.into_iter().map(|forward| forward.vat));
    }
    let mut expected: Vec<_> = records.into_iter().map(|record| record.vat).collect();
    expected.sort();
    assert_eq!(listed, expected.iter().map(ToString::to_string).collect::<Vec<_>>());
    soon(admin.ask().forward_rm(listed[0].clone())).await.unwrap();
    soon(admin.ask().forward_add(one_more)).await.unwrap();
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vat_is_called_at_its_new_address_by_the_name_that_its_owner_gave_the_old() {
    let town = Town::new();
    let (host, client, shared) = town.alice().await;
    let (bob, his) = town.start("bob", "bob").await;
    his.admin().ask().name("visits".into(), to_value(&shared)).await.unwrap();
    let visits: Handle<dyn Counter> = look_up(&his, "visits").await;
    assert_eq!(soon(visits.ask().increment(1)).await.unwrap(), 1);
    drop(client);
    host.shutdown().await.unwrap();
    let (alice, hers) = town.start("alice", "second").await;
    let record = location(&hers, "alice").await.record;
    let (old, of_old) = town.start("old", "first").await;
    soon(of_old.admin().ask().forward_add(record)).await.unwrap();
    parted(&his).await;
    let visits: Handle<dyn Counter> = look_up(&his, "visits").await;
    assert_eq!(soon(visits.ask().increment(1)).await.unwrap(), 2);
    for host in [alice, bob, old] {
        host.shutdown().await.unwrap();
    }
}

fn to_value(shared: &SturdyRef) -> hogshead::Value {
    hogshead::Value::SturdyRef(Box::new(shared.clone()))
}
