//! What the table says, step by step.

use super::*;

const VAT: VatNumber = VatNumber(1);
const LOW: PublicId = PublicId([1; 32]);
const HIGH: PublicId = PublicId([2; 32]);

fn peer() -> PeerKey {
    let locator: Locator = "ocapn://bob.tcp-testing-only".parse().unwrap();
    PeerKey::of(&locator).unwrap()
}

fn caller(session: u64, theirs: PublicId, proven: bool) -> Caller {
    let session = SessionId(session);
    Caller { vat: VAT, peer: peer(), session, theirs, proven, insists: false }
}

fn dial(peers: &Peers) -> Attempt {
    match peers.want(VAT, &peer()) {
        Want::Dial(attempt) => attempt,
        _ => panic!("nothing is under way yet"),
    }
}

async fn is_told(signal: &Notify) -> bool {
    tokio::time::timeout(Duration::ZERO, signal.notified()).await.is_ok()
}

#[tokio::test]
async fn of_crossed_hellos_the_higher_one_goes_on() {
    let peers = Peers::default();
    let attempt = dial(&peers);
    assert!(peers.greets(VAT, &peer(), attempt.number, HIGH));
    assert!(matches!(peers.meet(&caller(7, LOW, true)), Verdict::Crossed));
    assert!(peers.established(VAT, &peer(), attempt.number, SessionId(6)));

    let peers = Peers::default();
    let attempt = dial(&peers);
    assert!(peers.greets(VAT, &peer(), attempt.number, LOW));
    let Verdict::Go(signal) = peers.meet(&caller(7, HIGH, true)) else { panic!("theirs goes on") };
    assert!(is_told(&attempt.signal.give_up).await, "our dial is given up");
    assert!(is_told(&signal.adopt).await, "what waited for the dial waits for this one");
    assert!(!peers.established(VAT, &peer(), attempt.number, SessionId(6)));
    assert!(!peers.failed(VAT, &peer(), attempt.number), "and nobody is told of a failure");
}

#[tokio::test]
async fn who_has_ended_our_session_may_begin_its_own() {
    let peers = Peers::default();
    let attempt = dial(&peers);
    assert!(peers.greets(VAT, &peer(), attempt.number, HIGH));
    peers.rebuffed(VAT, &peer(), attempt.number);
    assert!(matches!(peers.meet(&caller(7, LOW, false)), Verdict::Go(_)));
    assert!(is_told(&attempt.signal.give_up).await, "nobody is told of a failure");
}

#[tokio::test]
async fn a_dial_that_has_not_said_hello_yet_gives_way() {
    let peers = Peers::default();
    let attempt = dial(&peers);
    assert!(matches!(peers.meet(&caller(7, LOW, false)), Verdict::Go(_)));
    assert!(!peers.greets(VAT, &peer(), attempt.number, HIGH));
}

#[tokio::test]
async fn an_unproven_peer_keeps_its_first_session() {
    let peers = Peers::default();
    assert!(matches!(peers.meet(&caller(1, LOW, false)), Verdict::Go(_)));
    assert!(matches!(peers.meet(&caller(2, HIGH, false)), Verdict::Taken));
    assert!(!peers.ended(VAT, &peer(), SessionId(2)), "the second never had a place");
    assert!(matches!(peers.meet(&caller(3, LOW, false)), Verdict::Taken));
    peers.ended(VAT, &peer(), SessionId(1));
    assert!(matches!(peers.meet(&caller(4, LOW, false)), Verdict::Go(_)));
}

#[tokio::test]
async fn a_proven_peer_that_comes_again_has_lost_its_session() {
    let peers = Peers::default();
    assert!(matches!(peers.meet(&caller(1, LOW, true)), Verdict::Go(_)));
    assert!(peers.admitted(VAT, &peer(), SessionId(1)));
    let again = peers.meet(&caller(2, LOW, true));
    assert!(matches!(again, Verdict::Instead(SessionId(1), _)));
    assert!(!peers.ended(VAT, &peer(), SessionId(1)), "the second one has the place now");
    assert!(peers.admitted(VAT, &peer(), SessionId(2)));
}

#[tokio::test]
async fn a_peer_that_has_lost_the_session_just_begun_is_not_taken_for_crossed() {
    let peers = Peers::default();
    let attempt = dial(&peers);
    assert!(peers.greets(VAT, &peer(), attempt.number, HIGH));
    assert!(peers.established(VAT, &peer(), attempt.number, SessionId(6)));
    let again = caller(7, LOW, true);
    assert!(peers.may_have_crossed(&again));
    assert!(matches!(peers.meet(&again), Verdict::Crossed));
    let again = Caller { insists: true, ..again };
    assert!(matches!(peers.meet(&again), Verdict::Instead(SessionId(6), _)));
}

#[tokio::test]
async fn a_vat_that_wants_a_peer_it_has_met_adopts_it() {
    let peers = Peers::default();
    let Verdict::Go(signal) = peers.meet(&caller(1, LOW, true)) else { panic!("new") };
    assert!(matches!(peers.want(VAT, &peer()), Want::Wait));
    assert!(is_told(&signal.adopt).await);
    assert!(peers.ended(VAT, &peer(), SessionId(1)), "its vat must hear that it left");
}

#[tokio::test]
async fn no_vat_dials_for_all() {
    let peers = Peers::default();
    let absent = |n: usize| {
        let locator: Locator = format!("ocapn://peer{n}.tcp-testing-only").parse().unwrap();
        PeerKey::of(&locator).unwrap()
    };
    for n in 0..VAT_DIALS_MAX {
        assert!(matches!(peers.want(VAT, &absent(n)), Want::Dial(_)));
    }
    assert!(matches!(peers.want(VAT, &absent(VAT_DIALS_MAX)), Want::Busy));
    assert!(matches!(peers.want(VatNumber(2), &peer()), Want::Dial(_)), "another vat goes on");
}

#[tokio::test]
async fn dials_are_bounded() {
    let peers = Peers::default();
    for n in 0..DIALS_MAX {
        let vat = VatNumber(u32::try_from(n).unwrap());
        assert!(matches!(peers.want(vat, &peer()), Want::Dial(_)));
    }
    let one_more = VatNumber(u32::try_from(DIALS_MAX).unwrap());
    assert!(matches!(peers.want(one_more, &peer()), Want::Busy));
}
