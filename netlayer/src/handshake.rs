//! Runs a preface over a carrier's stream and makes the channel.

use bytes::Bytes;
use hogshead_objects::ids::{HostId, VatId};
use hogshead_objects::keys::{CertificateError, HostingCertificate};
use hogshead_objects::preface::{Binding, Message, PREFACE_BYTES_MAX, Refusal};
use tokio::time::timeout;

use crate::channel::{
    Channel, CloseReason, FrameReceiver, FrameSender, Mode, PeerInfo, Proof, Role,
};
use crate::error::{ChannelError, DialError, OwnCertificate, PrefaceError};
use crate::frames::{Sink, Source, write_frame};
use crate::hosts::{HostKey, Vats};
use crate::limits::Limits;
use crate::preface::{Agreed, Dialling, Failure, Listening, read_moved};

/// A fresh stream of a carrier.
pub(crate) struct Stream<S> {
    sink: S,
    frames: FrameReceiver,
}

/// What a preface needs of the host.
pub(crate) struct Ours<'a> {
    pub key: &'a HostKey,
    pub vats: &'a dyn Vats,
    pub limits: &'a Limits,
}

/// Who dials whom, and how.
pub(crate) struct Wish {
    pub binding: Binding,
    pub us: HostingCertificate,
    pub wanted: VatId,
    pub mode: Mode,
}

/// Where the stream leads, for the channel's [`PeerInfo`].
pub(crate) struct Where {
    pub address: String,
    pub netlayer: &'static str,
}

/// Why there is no channel.
#[derive(Debug)]
pub(crate) enum StreamError {
    Preface(PrefaceError),
    Channel(ChannelError),
    Timeout,
}

impl From<ChannelError> for StreamError {
    fn from(error: ChannelError) -> Self {
        Self::Channel(error)
    }
}

impl<S: Sink> Stream<S> {
    pub(crate) fn new(sink: S, source: Box<dyn Source>, limits: &Limits) -> Self {
        Self { sink, frames: FrameReceiver::new(source, PREFACE_BYTES_MAX, limits) }
    }

    /// The dialler's side. `guard` lives as long as the channel.
    pub(crate) async fn dial<G: Send + 'static>(
        mut self,
        wish: Wish,
        ours: &Ours<'_>,
        place: Where,
        guard: G,
    ) -> Result<Channel, StreamError> {
        let Wish { binding, us, wanted, mode } = wish;
        let host = binding.listener;
        let talk = async {
            let (state, message) = Dialling::new(binding, us, wanted, mode);
            self.send(message).await?;
            let answer = self.receive().await?;
            let step = state.handle_message(&answer, ours.key, ours.vats);
            if matches!(&step, Err(failure) if failure.error == NO_SUCH_VAT) {
                let word = self.receive_moved(wanted);
                let word = timeout(ours.limits.preface_time / 2, word).await;
                return Err(StreamError::Preface(word.unwrap_or(NO_SUCH_VAT)));
            }
            let (state, message) = self.check(step).await?;
            self.send(message).await?;
            let answer = self.receive().await?;
            let step = state.handle_message(&answer);
            self.check(step).await
        };
        let agreed = timeout(ours.limits.preface_time, talk).await;
        self.finish(agreed, host, Role::Dialled, place, ours.limits, guard)
    }

    /// The listener's side.
    pub(crate) async fn listen<G: Send + 'static>(
        mut self,
        binding: Binding,
        most: Mode,
        ours: &Ours<'_>,
        place: Where,
        guard: G,
    ) -> Result<Channel, StreamError> {
        let host = binding.dialler;
        let talk = async {
            let want = self.receive().await?;
            let step = Listening::new(binding, most).handle_message(&want, ours.key, ours.vats);
            let (state, message) = self.check(step).await?;
            self.send(message).await?;
            let proof = self.receive().await?;
            let step = state.handle_message(&proof, ours.key, ours.vats);
            let (agreed, message) = self.check(step).await?;
            self.send(message).await?;
            Ok(agreed)
        };
        let agreed = timeout(ours.limits.preface_time, talk).await;
        self.finish(agreed, host, Role::Accepted, place, ours.limits, guard)
    }

    /// Refuses without listening.
    pub(crate) async fn refuse(mut self, refusal: Refusal, limits: &Limits) {
        let tell = async {
            let answer = Message::Refused(refusal).encode();
            if write_frame(&mut self.sink, answer).await.is_ok() {
                self.sink.finish().await;
            }
        };
        // A peer that does not take it in time has it dropped with the stream.
        drop(timeout(limits.preface_time, tell).await);
    }

    async fn send(&mut self, message: Vec<u8>) -> Result<(), StreamError> {
        Ok(write_frame(&mut self.sink, message).await?)
    }

    async fn receive(&mut self) -> Result<Bytes, StreamError> {
        let frame = self.frames.recv().await?;
        frame.ok_or(StreamError::Channel(ChannelError::Truncated))
    }

    /// What a listener says of a vat that it does not host.
    async fn receive_moved(&mut self, wanted: VatId) -> PrefaceError {
        match self.frames.recv().await {
            Ok(Some(word)) => match read_moved(&word, wanted) {
                Ok(record) => PrefaceError::Moved(Box::new(record)),
                Err(error) => error,
            },
            Ok(None) | Err(_) => NO_SUCH_VAT,
        }
    }

    /// On a failure, tells the peer before the stream goes.
    async fn check<T>(&mut self, step: Result<T, Failure>) -> Result<T, StreamError> {
        let failure = match step {
            Ok(next) => return Ok(next),
            Err(failure) => failure,
        };
        let answers = [failure.answer, failure.moved].into_iter().flatten();
        if self.tell(answers).await.is_ok() {
            self.sink.finish().await;
        }
        Err(StreamError::Preface(failure.error))
    }

    async fn tell(&mut self, answers: impl Iterator<Item = Vec<u8>>) -> Result<(), ChannelError> {
        for answer in answers {
            write_frame(&mut self.sink, answer).await?;
        }
        Ok(())
    }

    fn finish<G: Send + 'static>(
        mut self,
        agreed: Result<Result<Agreed, StreamError>, tokio::time::error::Elapsed>,
        host: HostId,
        role: Role,
        place: Where,
        limits: &Limits,
        guard: G,
    ) -> Result<Channel, StreamError> {
        let agreed = match agreed {
            Ok(Ok(agreed)) => agreed,
            Ok(Err(error)) => return Err(error),
            Err(_) => {
                self.sink.reset(CloseReason::Limit);
                return Err(StreamError::Timeout);
            }
        };
        let proof = Proof { vat: agreed.peer.vat, host, epoch: agreed.peer.epoch };
        let Where { address, netlayer } = place;
        let peer = PeerInfo { proof: Some(proof), address, netlayer };
        self.frames.set_limit(limits.frame_bytes_max);
        let tx = FrameSender::start(self.sink, guard, limits);
        Ok(Channel { peer, us: agreed.us.vat, mode: agreed.mode, role, tx, rx: self.frames })
    }
}

/// Our certificate for the dialling vat, if peers would take it.
pub(crate) fn own_certificate(
    vat: VatId,
    key: &HostKey,
    vats: &dyn Vats,
) -> Result<HostingCertificate, DialError> {
    let refuse = |reason| DialError::OwnCertificate { vat, reason };
    let certificate = vats.certificate(&vat).ok_or(refuse(OwnCertificate::Missing))?;
    if certificate.vat != vat {
        return Err(refuse(OwnCertificate::Invalid(CertificateError::OtherVat)));
    }
    match certificate.verify(key.id(), vats.now()) {
        Ok(()) => Ok(certificate),
        Err(error) => Err(refuse(OwnCertificate::Invalid(error))),
    }
}

/// The refusal that a listener may explain.
const NO_SUCH_VAT: PrefaceError = PrefaceError::Refused(Refusal::NoSuchVat);
