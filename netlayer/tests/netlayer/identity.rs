//! Dialling over QUIC when the other side, or ours, is not who it should be: the error says which
//! step failed and what to do.

use hogshead_netlayer::error::{Cause, OwnCertificate, Step};
use hogshead_netlayer::quic::Quic;
use hogshead_netlayer::{DialError, Limits, Mode, Netlayer, PrefaceError};
use hogshead_objects::ids::{Epoch, Timestamp};
use hogshead_objects::keys::{CertificateError, HostingCertificate};
use hogshead_objects::locator::Locator;
use hogshead_objects::preface::Refusal;
use hogshead_objects::value::Symbol;

use crate::support::{NOW, Party, certificate, greet, meet, proven, root};

struct Scene {
    alice: Party,
    bob: Party,
    a: Quic,
    b: Quic,
}

impl Scene {
    fn new() -> Self {
        let (alice, bob) = (Party::new(1), Party::new(2));
        let (a, b) = (alice.quic(Limits::default()), bob.quic(Limits::default()));
        Self { alice, bob, a, b }
    }

    async fn dial(&self) -> DialError {
        let to = self.bob.at(&self.b);
        let dial = self.a.dial(self.alice.vat, &to, Mode::Plain);
        dial.await.unwrap_err()
    }
}

fn only(error: &DialError) -> (Step, Cause) {
    let DialError::Unreachable { attempts, .. } = error else { panic!("{error}") };
    let [attempt] = attempts.as_slice() else { panic!("{error}") };
    (attempt.step, attempt.cause.clone())
}

fn preface_error(error: &DialError) -> PrefaceError {
    match only(error) {
        (Step::Preface, Cause::Preface { error, .. }) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_wrong_key_behind_an_address_is_refused() {
    let scene = Scene::new();
    // Bob's vat moved away with its certificate; who answers is only the host that had it.
    scene.bob.vats.forget(&scene.bob.vat);
    let error = scene.dial().await;
    assert_eq!(preface_error(&error), PrefaceError::Refused(Refusal::NoSuchVat));
    let text = error.to_string();
    assert!(text.contains(&scene.bob.key.id().to_string()), "{text}");
    assert!(text.contains("proving who is who") && text.contains("newer reference"), "{text}");
    assert!(!error.is_transient());

    // And one that shows a certificate that it copied.
    let elsewhere = Party::new(3).key.id();
    scene.bob.vats.host(certificate(2, elsewhere, 5));
    let error = scene.dial().await;
    assert_eq!(preface_error(&error), CertificateError::OtherHost.into());
}

#[tokio::test]
async fn expired_and_old_certificates_are_refused_and_renewed_ones_taken() {
    let scene = Scene::new();
    let host = scene.bob.key.id();
    let expired = HostingCertificate::sign(&root(2), host, Epoch(5), Timestamp(NOW - 1));
    scene.bob.vats.host(expired);
    let error = scene.dial().await;
    assert_eq!(preface_error(&error), CertificateError::Expired.into());
    assert!(error.to_string().contains("renews its certificate"), "{error}");
    assert!(error.is_transient(), "that host may get a new one");

    scene.alice.vats.see(scene.bob.vat, 7);
    scene.bob.vats.host(certificate(2, host, 6));
    assert_eq!(preface_error(&scene.dial().await), CertificateError::OldEpoch.into());

    scene.bob.vats.see(scene.alice.vat, 9);
    scene.bob.vats.host(certificate(2, host, 7));
    let error = scene.dial().await;
    assert_eq!(preface_error(&error), PrefaceError::Refused(Refusal::OldEpoch));
    assert!(error.to_string().contains("renew the certificate of our vat"), "{error}");
    assert!(!error.is_transient(), "our certificate has to change");

    scene.alice.vats.host(certificate(1, scene.alice.key.id(), 9));
    let (mut one, mut other) = meet(&scene.alice, &scene.a, &scene.bob, &scene.b).await;
    assert_eq!((proven(&one).epoch, proven(&other).epoch), (Epoch(7), Epoch(9)));
    greet(&mut one, &mut other).await;
    assert_eq!(scene.a.load().connections, 1, "refusals did not cost the connection");
}

#[tokio::test]
async fn without_a_certificate_of_its_own_a_host_does_not_dial() {
    let scene = Scene::new();
    let vat = scene.alice.vat;
    let host = scene.alice.key.id();
    let expect = |error, reason| assert_eq!(error, DialError::OwnCertificate { vat, reason });

    let expired = HostingCertificate::sign(&root(1), host, Epoch(5), Timestamp(NOW));
    scene.alice.vats.host(expired);
    expect(scene.dial().await, OwnCertificate::Invalid(CertificateError::Expired));

    scene.alice.vats.host(certificate(1, scene.bob.key.id(), 5));
    expect(scene.dial().await, OwnCertificate::Invalid(CertificateError::OtherHost));

    scene.alice.vats.forget(&vat);
    expect(scene.dial().await, OwnCertificate::Missing);
    assert_eq!(scene.b.load().connections, 0, "nothing was sent");
}

#[tokio::test]
async fn addresses_are_tried_in_order_and_each_failure_is_told() {
    let scene = Scene::new();
    let mallory = Party::new(3);
    let m = mallory.quic(Limits::default());
    let addresses = vec![
        "nonsense".to_owned(),
        m.local_addresses().remove(0),
        scene.a.local_addresses().remove(0),
    ];
    let to = scene.bob.by("quic", &addresses);
    let dial = scene.a.dial(scene.alice.vat, &to, Mode::Plain);
    let error = dial.await.unwrap_err();
    let DialError::Unreachable { attempts, .. } = &error else { panic!("{error}") };
    let steps: Vec<_> = attempts.iter().map(|a| (a.step, &a.cause)).collect();
    assert!(
        matches!(
            steps.as_slice(),
            [
                (Step::Resolve, Cause::Address(_)),
                (Step::Preface, Cause::Preface { .. }),
                (Step::Connect, Cause::Ourselves | Cause::Connection(_)),
            ]
        ),
        "{error}"
    );

    let addresses = [addresses, scene.b.local_addresses()].concat();
    let to = scene.bob.by("quic", &addresses);
    let dial = scene.a.dial(scene.alice.vat, &to, Mode::Plain);
    assert_eq!(proven(&dial.await.unwrap()).host, scene.bob.key.id());
}

#[tokio::test]
async fn a_dial_without_addresses_or_after_shutdown_says_so() {
    let scene = Scene::new();
    // What leads to Bob by another way is no address for this one.
    for nowhere in [scene.bob.by("quic", &[]), scene.bob.by("ws", &["here:1".to_owned()])] {
        let error = scene.a.dial(scene.alice.vat, &nowhere, Mode::Plain).await.unwrap_err();
        assert_eq!(error, DialError::NoAddress { peer: nowhere.peer(), netlayer: "quic" });
        assert!(!error.is_transient());
    }
    scene.a.shutdown().await;
    assert_eq!(scene.dial().await, DialError::ShutDown);
}

#[tokio::test]
async fn a_locator_of_another_network_or_of_nobody_is_not_dialled() {
    let scene = Scene::new();
    let elsewhere = Locator { transport: Symbol::from_static("tor"), ..scene.bob.at(&scene.b) };
    let error = scene.a.dial(scene.alice.vat, &elsewhere, Mode::Plain).await.unwrap_err();
    assert_eq!(error, DialError::Transport { peer: elsewhere.peer(), netlayer: "quic" });
    let nobody = Locator { designator: "bob".to_owned(), ..scene.bob.at(&scene.b) };
    let error = scene.a.dial(scene.alice.vat, &nobody, Mode::Plain).await.unwrap_err();
    assert!(matches!(error, DialError::Designator { .. }), "{error}");
    assert_eq!(scene.b.load().connections, 0, "nothing was sent");
}

#[tokio::test]
async fn asking_for_durable_gives_plain_where_the_host_has_no_more() {
    let scene = Scene::new();
    let to = scene.bob.at(&scene.b);
    let dial = scene.a.dial(scene.alice.vat, &to, Mode::Durable);
    assert_eq!(dial.await.unwrap().mode, Mode::Plain);
}
