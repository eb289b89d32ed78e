//! One session a pair of vats on two hosts, whoever calls first, and both at once.

use hogshead::{Class, Client, Handle, Host, HostError, Locator, SturdyRef, Value};
use hogshead_captp::Descriptor;
use hogshead_objects::locator::SwissNumber;

use super::cast::{
    Actor, builder, cast, look_up, over_to, sessions, sessions_between, soon, until,
};
use super::ocapn::talk::{Hand, key_beside};

/// An actor in a vat of its own that can reach out by sturdyrefs.
async fn caller(client: &Client, name: &str) -> Handle<dyn Actor> {
    let actor = cast(client, name).await;
    let device = soon(client.admin().ask().enlivener(name.into())).await.unwrap();
    actor.ask().keep("enlivener".into(), device).await.unwrap();
    actor
}

async fn shared(actor: &Handle<dyn Actor>) -> SturdyRef {
    let admin = actor.client().admin();
    soon(admin.ask().share(actor.value(), None, "for all".into())).await.unwrap()
}

/// Has an actor enliven a sturdyref and keep what it leads to as its "friend".
async fn befriend(actor: &Handle<dyn Actor>, target: &SturdyRef) -> hogshead::Result<()> {
    let target = vec![Value::SturdyRef(Box::new(target.clone()))];
    let asked = actor.ask();
    soon(asked.get("enlivener".into(), "enliven".into(), target, "friend".into())).await
}

/// Has an actor send its friend a note; gives how many notes that one has now.
async fn note(actor: &Handle<dyn Actor>) -> hogshead::Result<Value> {
    soon(actor.ask().ask("friend".into(), "note".into(), vec!["hello".into()])).await
}

/// That two vats have one session with each other, which both see.
async fn have_one_session(one: (&Client, &str), other: (&Client, &str)) {
    let here = sessions_between(one, other).await;
    let there = sessions_between(other, one).await;
    assert_eq!((here.len(), there.len()), (1, 1), "{here:?} {there:?}");
    assert_eq!((here[0].kind.as_str(), there[0].kind.as_str()), ("plain", "plain"));
}

async fn start(data: &std::path::Path) -> Host {
    builder(data).plain_sessions().start().await.unwrap()
}

/// Starts a host at an address that an earlier one may be about to leave.
async fn start_at(data: &std::path::Path, address: std::net::SocketAddr) -> Host {
    soon(async {
        loop {
            match builder(data).plain_sessions().listen(address).start().await {
                Ok(host) => return host,
                Err(HostError::Listen { .. }) => {
                    tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                }
                Err(error) => panic!("{error}"),
            }
        }
    })
    .await
}

async fn kill(host: Host) {
    tokio::task::spawn_blocking(move || drop(host)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_call_each_other_at_once_have_one_session() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (start(&folder.path().join("a")).await, start(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let mut pairs = Vec::new();
    for n in 0..9 {
        let names = (format!("alice{n}"), format!("bob{n}"));
        let (alice, bob) = (caller(&hers, &names.0).await, caller(&his, &names.1).await);
        let shares = (shared(&alice).await, shared(&bob).await);
        pairs.push((names, alice, bob, shares));
    }
    // The first pair is alone, so that the connections of the hosts cross as well; the next ones
    // one after the other; the last ones all at once.
    for (n, (_, alice, bob, shares)) in pairs[..5].iter().enumerate() {
        let (one, other) = tokio::join!(befriend(alice, &shares.1), befriend(bob, &shares.0));
        assert_eq!((one, other), (Ok(()), Ok(())), "pair {n}");
    }
    let mut calls = tokio::task::JoinSet::new();
    for (_, alice, bob, shares) in &pairs[5..] {
        for (actor, target) in [(alice.clone(), shares.1.clone()), (bob.clone(), shares.0.clone())]
        {
            calls.spawn(async move { befriend(&actor, &target).await });
        }
    }
    while let Some(called) = calls.join_next().await {
        assert_eq!(called.unwrap(), Ok(()));
    }
    for (names, alice, bob, _) in &pairs {
        let (one, other) = tokio::join!(note(alice), note(bob));
        assert_eq!((one.unwrap(), other.unwrap()), (1_u64.into(), 1_u64.into()), "{names:?}");
        have_one_session((&hers, &names.0), (&his, &names.1)).await;
    }
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_called_calls_back_over_the_same_session() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (start(&folder.path().join("a")).await, start(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let (alice, bob) = (caller(&hers, "alice").await, caller(&his, "bob").await);
    befriend(&bob, &shared(&alice).await).await.unwrap();
    let before = sessions_between((&hers, "alice"), (&his, "bob")).await;
    befriend(&alice, &shared(&bob).await).await.unwrap();
    let after = sessions_between((&hers, "alice"), (&his, "bob")).await;
    assert_eq!(before[0].id, after[0].id);
    have_one_session((&hers, "alice"), (&his, "bob")).await;
    assert_eq!(note(&alice).await.unwrap(), 1_u64.into());
    assert_eq!(note(&bob).await.unwrap(), 1_u64.into());
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_vats_of_one_host_have_a_session_each_with_one_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (start(&folder.path().join("a")).await, start(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let alice = caller(&hers, "alice").await;
    let (bob, dave) = (caller(&his, "bob").await, caller(&his, "dave").await);
    let target = shared(&alice).await;
    let (one, other) = tokio::join!(befriend(&bob, &target), befriend(&dave, &target));
    assert_eq!((one, other), (Ok(()), Ok(())));
    assert_eq!(note(&bob).await.unwrap(), 1_u64.into());
    assert_eq!(note(&dave).await.unwrap(), 2_u64.into());
    have_one_session((&his, "bob"), (&hers, "alice")).await;
    have_one_session((&his, "dave"), (&hers, "alice")).await;
    // What one of them loses is nothing to the other.
    soon(his.admin().ask().vat_rm("bob".into())).await.unwrap();
    until("Alice has seen that Bob left", || async {
        let all = sessions(&hers, "alice").await;
        all.iter().filter(|session| session.kind == "plain").count() == 1
    })
    .await;
    assert_eq!(note(&dave).await.unwrap(), 3_u64.into());
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_killed_and_comes_back_is_reached_and_reaches_out() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let port = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let b = start(&folder.path().join("b")).await;
    let his = b.client().await.unwrap();
    let bob = caller(&his, "bob").await;
    let to_bob = shared(&bob).await;
    let mut to_alice = None;
    for round in 0..3_u64 {
        let a = start_at(&data, port).await;
        let hers = a.client().await.unwrap();
        let alice = match round {
            0 => caller(&hers, "alice").await,
            _ => look_up(&hers, "alice").await,
        };
        let to_alice = match &to_alice {
            Some(known) => known,
            None => to_alice.insert(shared(&alice).await),
        };
        // By turns it is Bob, Alice, and both who call first.
        if round != 1 {
            befriend(&bob, to_alice).await.unwrap();
        }
        let (one, other) = tokio::join!(befriend(&alice, &to_bob), befriend(&bob, to_alice));
        assert_eq!((one, other), (Ok(()), Ok(())), "round {round}");
        assert_eq!(note(&alice).await.unwrap(), (round + 1).into());
        assert_eq!(note(&bob).await.unwrap(), (round + 1).into());
        have_one_session((&hers, "alice"), (&his, "bob")).await;
        drop((alice, hers));
        kill(a).await;
        until("Bob has seen that she left", || async {
            let all = sessions(&his, "bob").await;
            all.iter().all(|session| session.kind == "local")
        })
        .await;
        let error = note(&bob).await.unwrap_err();
        assert_eq!(error.class(), Class::Severed, "{error}");
    }
    b.shutdown().await.unwrap();
}

/// A sturdyref of somebody by hand.
fn at(location: Locator) -> SturdyRef {
    SturdyRef { peer: location, swiss: SwissNumber::new(b"anything".to_vec()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_proven_itself_and_comes_again_has_lost_its_session() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = caller(&client, "alice").await;
    let shared = shared(&alice).await;
    let bob = Hand::on_quic(7);
    let mut talks = Vec::new();
    for round in 0..3_u8 {
        // Once the earlier one is a stranger still.
        let mut talk = bob.call(&shared.peer, 1 + round).await;
        if round != 1 {
            let fetched = talk.fetch(shared.swiss.expose()).await;
            assert!(talk.outcome(fetched).await.is_ok());
        }
        talks.push(talk);
    }
    let mut last = talks.pop().unwrap();
    for mut earlier in talks {
        earlier.ended().await;
    }
    until("there is one session", || async {
        let all = sessions(&client, "alice").await;
        all.iter().filter(|session| session.peer == bob.vat.to_string()).count() == 1
    })
    .await;
    let fetched = last.fetch(shared.swiss.expose()).await;
    assert!(last.outcome(fetched).await.is_ok(), "and it is the last one");
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_just_called_and_calls_has_lost_the_session_unless_the_hellos_crossed() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = caller(&client, "alice").await;
    let shared = shared(&alice).await;
    let bob = Hand::on_quic(7);
    let to_bob = at(bob.location());
    let (befriended, (mut first, theirs)) = tokio::join!(befriend(&alice, &to_bob), async {
        let (mut talk, theirs) = bob.be_called(1).await;
        talk.flush().await;
        let asked = talk.asked("fetch").await;
        talk.answer(&asked, Value::Ref(Descriptor::ImportObject(1000))).await;
        (talk, theirs)
    });
    befriended.unwrap();
    // A hello that was under way while Bob answered hers: he takes it back himself.
    bob.call_with(&shared.peer, key_beside(theirs, false)).await.abort().await;
    let told = alice.ask().ask("friend".into(), "hi".into(), vec![]);
    let (told, ()) = tokio::join!(soon(told), async {
        let asked = first.asked("hi").await;
        first.answer(&asked, Value::Int(7.into())).await;
    });
    assert_eq!(told.unwrap(), 7_u64.into());
    // Bob died without a word, came back, and knows nothing of that session.
    let mut second = bob.call_with(&shared.peer, key_beside(theirs, false)).await;
    second.greeted().await.unwrap();
    first.ended().await;
    let fetched = second.fetch(shared.swiss.expose()).await;
    assert!(second.outcome(fetched).await.is_ok());
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_that_is_wanted_need_not_be_called() {
    let folder = tempfile::tempdir().unwrap();
    let host = start(&folder.path().join("a")).await;
    let client = host.client().await.unwrap();
    let alice = caller(&client, "alice").await;
    let shared = shared(&alice).await;
    let bob = Hand::on_quic(7);
    let mut talk = bob.call(&shared.peer, 1).await;
    let elsewhere = at(Locator::hog(bob.vat, ["127.0.0.1:0"]));
    let (befriended, ()) = tokio::join!(befriend(&alice, &elsewhere), async {
        let asked = talk.asked("fetch").await;
        talk.answer(&asked, Value::Ref(Descriptor::ImportObject(1000))).await;
    });
    befriended.unwrap();
    // And what it wants is answered like before.
    let fetched = talk.fetch(shared.swiss.expose()).await;
    assert!(talk.outcome(fetched).await.is_ok());
    host.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_speaks_keeps_nobody_else_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (start(&folder.path().join("a")).await, start(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let (alice, dave) = (caller(&hers, "alice").await, caller(&his, "dave").await);
    let (to_alice, to_dave) = (shared(&alice).await, shared(&dave).await);
    // Bob is called and says nothing, and calls and says nothing.
    let bob = Hand::on_quic(7);
    let waiting = tokio::spawn({
        let (alice, bob) = (alice.clone(), at(bob.location()));
        async move { befriend(&alice, &bob).await }
    });
    let (called, _) = bob.be_called(1).await;
    let mut silent = Vec::new();
    for _ in 0..5 {
        silent.push(bob.dial(&to_alice.peer).await);
    }
    befriend(&alice, &to_dave).await.unwrap();
    befriend(&dave, &to_alice).await.unwrap();
    assert_eq!(note(&alice).await.unwrap(), 1_u64.into());
    assert_eq!(note(&dave).await.unwrap(), 1_u64.into());
    assert!(!waiting.is_finished(), "Alice waits for Bob's hello");
    drop((called, silent));
    let error = soon(waiting).await.unwrap().unwrap_err();
    assert_eq!(error.class(), Class::Severed, "{error}");
    // He may be called again.
    let again = at(bob.location());
    let (befriended, ()) = tokio::join!(befriend(&alice, &again), async {
        let (mut talk, _) = bob.be_called(2).await;
        talk.flush().await;
        let asked = talk.asked("fetch").await;
        talk.answer(&asked, Value::Ref(Descriptor::ImportObject(1000))).await;
    });
    befriended.unwrap();
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

/// A sturdyref of a vat that nobody has, at an address.
fn nobody(number: u32, address: &str) -> SturdyRef {
    let mut seed = [0x5A; 32];
    seed[..4].copy_from_slice(&number.to_le_bytes());
    let key = ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key();
    let vat = hogshead_objects::ids::VatId::from(key);
    at(Locator::hog(vat, [address]))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_who_calls_somebody_absent_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (start(&folder.path().join("a")).await, start(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let (alice, bob) = (cast(&hers, "alice").await, caller(&his, "bob").await);
    let far = over_to(&alice, &his).await;
    let admin = his.admin();
    // Nothing can be at port 0; at the other address is a host, without that vat.
    let addresses = ["127.0.0.1:0".to_owned(), a.listening().unwrap().to_string()];
    let calls: Vec<_> = (0..60)
        .map(|n| admin.ask().enliven(nobody(n, &addresses[usize::from(n % 6 == 0)])))
        .collect();
    for call in calls {
        let error = soon(call).await.unwrap_err();
        assert_eq!(error.class(), Class::Severed, "{error}");
    }
    // Many wait for the same absent one, and all of them are told.
    let absent = vec![Value::SturdyRef(Box::new(nobody(0, &addresses[0])))];
    let asking = bob.ask();
    let enliven = || asking.ask("enlivener".into(), "enliven".into(), absent.clone());
    for call in (0..40).map(|_| enliven()).collect::<Vec<_>>() {
        assert_eq!(soon(call).await.unwrap_err().class(), Class::Severed);
    }
    assert_eq!(soon(far.ask().note("hello".into())).await.unwrap(), 1);
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn dials_under_way_and_those_who_wait_for_one_are_bounded() {
    use hogshead::limits::{VAT_DIALS_MAX, WISHES_WAITING_MAX};
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (start(&folder.path().join("a")).await, start(&folder.path().join("b")).await);
    let (hers, his) = (a.client().await.unwrap(), b.client().await.unwrap());
    let alice = cast(&hers, "alice").await;
    let far = over_to(&alice, &his).await;
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().unwrap().to_string();
    let (admin, mut unanswered) = (his.admin(), Vec::new());
    // One more than may wait for the same peer, and then one more than may be dialled.
    let dialled = 1..=u32::try_from(VAT_DIALS_MAX + 1).unwrap();
    for asked in [vec![0; WISHES_WAITING_MAX + 1], dialled.collect()] {
        let mut waiting = tokio::task::JoinSet::new();
        for n in &asked {
            waiting.spawn(admin.ask().enliven(nobody(*n, &silent)));
        }
        // A dial that gives up tells all who wait for it: on a slow machine before all have asked.
        let mut again = asked.iter().cycle();
        let refused = soon(async {
            loop {
                let refused = waiting.join_next().await.unwrap().unwrap().unwrap_err();
                if refused.class() != Class::Severed {
                    return refused;
                }
                waiting.spawn(admin.ask().enliven(nobody(*again.next().unwrap(), &silent)));
            }
        })
        .await;
        assert_eq!(refused.class(), Class::Busy, "{refused}");
        unanswered.push(waiting);
    }
    // Who is connected already goes on.
    assert_eq!(soon(far.ask().note("hello".into())).await.unwrap(), 1);
    kill(b).await;
    a.shutdown().await.unwrap();
}
