//! Sessions that end: objects and callers that watch a reference are told, and enliven it again.

use hogshead::stock::enliven::Enliven;
use hogshead::{Cap, Class, Context, Error, Promise, Result, SturdyRef, Value};
use serde::{Deserialize, Serialize};

use super::cast::{Actor, builder, cast, soon, spawn, until};

/// Stays in touch with a friend: when the session ends it notes why, and keeps where he was.
#[hogshead::interface]
pub trait Friend {
    /// Stays in touch with whom `home` leads to, by a device that enlivens.
    fn befriend(&mut self, cx: &mut Context<'_>, enliven: Value, home: SturdyRef) -> Result<()>;

    /// Looks for him where he was when he was lost.
    fn look_again(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// What became of the sessions so far.
    fn diary(&self, cx: &mut Context<'_>) -> Result<Vec<String>>;

    /// Has the friend note something.
    fn tell(&mut self, cx: &mut Context<'_>, text: String) -> Result<Promise<u64>>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Faithful {
    enliven: Option<Cap<dyn Enliven>>,
    friend: Option<Cap<dyn Actor>>,
    lost: Option<SturdyRef>,
    diary: Vec<String>,
}

#[hogshead::object(name = "faithful", version = 1, construct, continuations)]
impl Friend for Faithful {
    fn befriend(&mut self, cx: &mut Context<'_>, enliven: Value, home: SturdyRef) -> Result<()> {
        self.enliven = Some(hogshead::codec::from_value(enliven)?);
        self.stay_in_touch(cx, home)
    }

    fn look_again(&mut self, cx: &mut Context<'_>) -> Result<()> {
        let home = self.lost.take().ok_or_else(|| Error::refused("he was not lost"))?;
        self.stay_in_touch(cx, home)
    }

    fn diary(&self, _: &mut Context<'_>) -> Result<Vec<String>> {
        Ok(self.diary.clone())
    }

    fn tell(&mut self, cx: &mut Context<'_>, text: String) -> Result<Promise<u64>> {
        let friend = self.friend.ok_or_else(|| Error::refused("no friend yet"))?;
        friend.send(cx).note(text)
    }
}

#[hogshead::continuations]
impl Faithful {
    #[continuation]
    fn on_friend(
        &mut self,
        cx: &mut Context<'_>,
        found: Result<Cap<dyn Actor>>,
        home: SturdyRef,
    ) -> Result<()> {
        let friend = found?;
        self.friend = Some(friend);
        self.diary.push("found".into());
        let _ = friend.on_sever(cx)?.then(cx, Self::on_gone, home)?;
        Ok(())
    }

    #[continuation]
    fn on_gone(&mut self, _: &mut Context<'_>, why: Result<Error>, home: SturdyRef) -> Result<()> {
        self.friend = None;
        self.lost = Some(home);
        self.diary.push(why?.class().as_str().to_owned());
        Ok(())
    }
}

impl Faithful {
    fn stay_in_touch(&mut self, cx: &mut Context<'_>, home: SturdyRef) -> Result<()> {
        let enliven = self.enliven.ok_or_else(|| Error::refused("no device"))?;
        let found = enliven.send(cx).enliven(home.clone())?.cast::<Cap<dyn Actor>>();
        let _ = found.then(cx, Self::on_friend, home)?;
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_a_reference_is_told_that_its_host_has_gone_and_reaches_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let (at, his_at) = (folder.path().join("a"), folder.path().join("b"));
    let far = builder(&his_at).plain_sessions().start().await.unwrap();
    let his = far.client().await.unwrap();
    let bob = cast(&his, "bob").await;
    let home = his.admin().ask().share(bob.value(), None, "home".into()).await.unwrap();

    let near = builder(&at).plain_sessions().register::<Faithful>().start().await.unwrap();
    let hers = near.client().await.unwrap();
    hers.admin().ask().vat_new("alice".into()).await.unwrap();
    let alice = spawn::<dyn Friend>(&hers, "alice", "hogshead/faithful", "alice").await;
    let device = hers.admin().ask().enlivener("alice".into()).await.unwrap();
    soon(alice.ask().befriend(device, home.clone())).await.unwrap();
    let diary = async || alice.ask().diary().await.unwrap();
    until("she has found him", || async { diary().await == ["found"] }).await;
    assert_eq!(soon(alice.ask().tell("before".into())).await.unwrap(), 1);
    // Her owner watches him as well.
    let live = hers.admin().ask().enliven(home).await.unwrap();
    let live = hers.handle(&live).unwrap();
    let watch = tokio::spawn({
        let live = live.clone();
        async move { live.on_sever().await }
    });

    let address = far.listening().unwrap();
    far.shutdown().await.unwrap();
    until("she is told", || async { diary().await == ["found", "severed"] }).await;
    let why = soon(watch).await.unwrap();
    assert_eq!(why.class(), Class::Severed, "{why}");
    let broken = soon(live.cast::<dyn Actor>().ask().notes()).await.unwrap_err();
    assert_eq!(broken.class(), Class::Severed, "{broken}");

    let back = builder(&his_at).plain_sessions().listen(address).start().await.unwrap();
    alice.ask().look_again().await.unwrap();
    until("she has found him again", || async { diary().await.len() == 3 }).await;
    assert_eq!(soon(alice.ask().tell("after".into())).await.unwrap(), 2);

    // The same if it is her own host that restarts: what she kept is not gone, the session is.
    near.shutdown().await.unwrap();
    let near = builder(&at).plain_sessions().register::<Faithful>().start().await.unwrap();
    let hers = near.client().await.unwrap();
    let alice = super::cast::look_up::<dyn Friend>(&hers, "alice").await;
    let diary = async || alice.ask().diary().await.unwrap();
    until("she is told", || async { diary().await.len() == 4 }).await;
    assert_eq!(diary().await, ["found", "severed", "found", "severed"]);
    near.shutdown().await.unwrap();
    back.shutdown().await.unwrap();
}
