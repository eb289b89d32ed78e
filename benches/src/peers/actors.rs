//! Asks within one process: tokio's channels, ractor, kameo.

use bytes::Bytes;
use futures_util::future::join_all;
use kameo::actor::{ActorRef, Spawn};
use tokio::sync::{mpsc, oneshot};

/// Something that can be asked for an echo.
pub trait Asked: Clone + Send + Sync + 'static {
    /// The same again.
    fn ask(&self, what: Bytes) -> impl Future<Output = Bytes> + Send;
}

/// Asks in so many strands, so often in each.
pub async fn ask_all(asked: &impl Asked, strands: u64, times: u64, what: Bytes) {
    if strands == 1 {
        return strand(asked.clone(), times, what).await;
    }
    let strands = (0..strands).map(|_| tokio::spawn(strand(asked.clone(), times, what.clone())));
    for done in join_all(strands).await {
        done.expect("a strand");
    }
}

async fn strand(asked: impl Asked, times: u64, what: Bytes) {
    for _ in 0..times {
        assert_eq!(asked.ask(what.clone()).await.len(), what.len());
    }
}

/// A task behind a channel; each question brings a channel for its answer.
#[derive(Clone)]
pub struct Channels(mpsc::UnboundedSender<(Bytes, oneshot::Sender<Bytes>)>);

impl Channels {
    /// Starts the task.
    pub fn start() -> Self {
        let (tx, mut rx) = mpsc::unbounded_channel::<(Bytes, oneshot::Sender<Bytes>)>();
        tokio::spawn(async move {
            while let Some((what, answer)) = rx.recv().await {
                // Who asked may have gone.
                let _ = answer.send(what);
            }
        });
        Self(tx)
    }
}

impl Asked for Channels {
    async fn ask(&self, what: Bytes) -> Bytes {
        let (answer, answered) = oneshot::channel();
        self.0.send((what, answer)).expect("the task runs");
        answered.await.expect("an answer")
    }
}

/// An actor of ractor.
#[derive(Clone)]
pub struct Ractor(ractor::ActorRef<Question>);

/// What it is asked.
pub struct Question(Bytes, ractor::RpcReplyPort<Bytes>);

struct RactorWall;

impl ractor::Actor for RactorWall {
    type Msg = Question;
    type State = ();
    type Arguments = ();

    async fn pre_start(
        &self,
        _: ractor::ActorRef<Question>,
        (): (),
    ) -> Result<(), ractor::ActorProcessingErr> {
        Ok(())
    }

    async fn handle(
        &self,
        _: ractor::ActorRef<Question>,
        Question(what, answer): Question,
        (): &mut (),
    ) -> Result<(), ractor::ActorProcessingErr> {
        Ok(answer.send(what)?)
    }
}

impl Ractor {
    /// Starts the actor.
    pub async fn start() -> Self {
        let (actor, _) = ractor::Actor::spawn(None, RactorWall, ()).await.expect("an actor");
        Self(actor)
    }
}

impl Asked for Ractor {
    async fn ask(&self, what: Bytes) -> Bytes {
        let answer = self.0.call(|answer| Question(what, answer), None).await;
        answer.expect("it runs").expect("an answer")
    }
}

/// An actor of kameo.
#[derive(Clone)]
pub struct Kameo(ActorRef<KameoWall>);

/// What is behind it.
pub struct KameoWall;

impl kameo::Actor for KameoWall {
    type Args = ();
    type Error = kameo::error::Infallible;

    async fn on_start((): (), _: ActorRef<Self>) -> Result<Self, Self::Error> {
        Ok(Self)
    }
}

/// What it is asked.
pub struct KameoQuestion(Bytes);

impl kameo::message::Message<KameoQuestion> for KameoWall {
    type Reply = Result<Bytes, kameo::error::Infallible>;

    async fn handle(
        &mut self,
        KameoQuestion(what): KameoQuestion,
        _: &mut kameo::message::Context<Self, Self::Reply>,
    ) -> Self::Reply {
        Ok(what)
    }
}

impl Kameo {
    /// Starts the actor.
    pub fn start() -> Self {
        Self(KameoWall::spawn_with_mailbox((), kameo::mailbox::unbounded()))
    }
}

impl Asked for Kameo {
    async fn ask(&self, what: Bytes) -> Bytes {
        self.0.ask(KameoQuestion(what)).await.expect("an answer")
    }
}
