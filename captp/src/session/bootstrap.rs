//! The bootstrap object, and the strangers who know nothing else (section "The bootstrap Object").

use hogshead_objects::heap::Heap;
use hogshead_objects::{Class, Error, Message, Value};

use super::decline::no_handoffs;
use super::{Bootstrap, Carrier, Session, SessionError, Violation};
use crate::descriptor::{Descriptor, Target};
use crate::handoff::Door;
use crate::operation::{Deliver, Operation};

/// What a message to position 0 asks of the session itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Call {
    /// `fetch`, or something that the bootstrap object does not answer to.
    Fetch,
    DepositGift,
    WithdrawGift,
}

impl Session {
    /// Handles an operation of a stranger, a plain session that has no row yet, if it needs no
    /// heap and leaves no row: a wrong guess, a withdrawal with wrong certificates, a wrong
    /// call of the bootstrap object, and what is pipelined to the answers of such.
    ///
    /// Gives the operation back if it is for [`Session::handle_operation`]. `door` says what
    /// there is, by one point read. So a stranger writes nothing and revives nothing; the answers
    /// are among the operations to be sent, and need not wait for a commit.
    pub fn handle_stranger(
        &mut self,
        operation: Operation,
        door: &dyn Door,
    ) -> Result<Option<Operation>, SessionError> {
        if self.carrier != Carrier::Plain || !self.is_established() || self.opened {
            return Ok(Some(operation));
        }
        match &operation {
            Operation::Deliver(deliver) => {
                let error = match deliver.to {
                    Target::Answer(position) => self.declined.get(&position).cloned(),
                    Target::Export(_) => match self.bootstrap_call(deliver) {
                        Some(call) => self.judge_stranger(call, &deliver.message, door)?,
                        None => None,
                    },
                };
                let Some(error) = error else { return Ok(Some(operation)) };
                self.decline(deliver, &error, None)?;
            }
            Operation::Derive(derive) => {
                let Target::Answer(position) = derive.from else { return Ok(Some(operation)) };
                let Some(error) = self.declined.get(&position).cloned() else {
                    return Ok(Some(operation));
                };
                self.decline_answer(derive.answer, &error, None)?;
            }
            Operation::Listen(listen) => {
                let Target::Answer(position) = listen.to else { return Ok(Some(operation)) };
                let Some(error) = self.declined.get(&position).cloned() else {
                    return Ok(Some(operation));
                };
                self.tell_broken(listen.resolver, &error);
            }
            Operation::GcAnswers(answers)
                if answers.iter().all(|answer| self.declined.contains_key(answer)) =>
            {
                for answer in answers {
                    self.declined.remove(answer);
                }
            }
            _ => return Ok(Some(operation)),
        }
        Ok(None)
    }

    /// Why a stranger's call is declined; nothing if it shows that the stranger is none.
    fn judge_stranger(
        &mut self,
        call: Call,
        message: &Message<Descriptor>,
        door: &dyn Door,
    ) -> Result<Option<Error>, SessionError> {
        match call {
            Call::Fetch => match swiss_number(message) {
                Ok(swiss) if door.is_shared(swiss)? => Ok(None),
                Ok(_) => Ok(Some(self.wrong_guess()?)),
                Err(error) => Ok(Some(error)),
            },
            Call::WithdrawGift => {
                let wrong = self.judge_withdrawal(message, &|name| door.gifter(name))?.err();
                if wrong.is_some() {
                    // Certificates cost us verifications, and a stranger nothing.
                    self.wrong_guess()?;
                }
                Ok(wrong)
            }
            // Nothing of ours was exported to it.
            Call::DepositGift => {
                Ok(Some(Error::refused("there is nothing yet that could be given")))
            }
        }
    }

    /// What a message asks of the session itself. Gifts are its business also where position 0
    /// is an object of ours.
    pub(super) fn bootstrap_call(&self, deliver: &Deliver) -> Option<Call> {
        if deliver.to != Target::Export(0) {
            return None;
        }
        match deliver.message.symbol() {
            Some("deposit-gift") if self.hands_off() => Some(Call::DepositGift),
            Some("withdraw-gift") if self.hands_off() => Some(Call::WithdrawGift),
            _ if self.bootstrap == Bootstrap::Fetch => Some(Call::Fetch),
            _ => None,
        }
    }

    /// Section "The bootstrap Object".
    pub(super) fn call_bootstrap(
        &mut self,
        call: Call,
        deliver: Deliver,
        heap: &mut dyn Heap,
    ) -> Result<(), SessionError> {
        match call {
            Call::Fetch => self.fetch(&deliver, heap),
            Call::DepositGift => self.deposit_gift(deliver, heap),
            Call::WithdrawGift => self.withdraw_gift(&deliver, heap),
        }
    }

    /// Section "`fetch` Method".
    fn fetch(&mut self, deliver: &Deliver, heap: &mut dyn Heap) -> Result<(), SessionError> {
        let found = match swiss_number(&deliver.message) {
            Ok(swiss) => heap.fetch(swiss)?.ok_or(None),
            Err(error) => Err(Some(error)),
        };
        let found = match found {
            Ok(reference) => match self.not_offered(&deliver.message, deliver.resolver, heap)? {
                None => reference,
                Some(error) => return self.decline(deliver, &error, Some(heap)),
            },
            Err(error) => {
                let error = match error {
                    Some(error) => error,
                    None => self.wrong_guess()?,
                };
                return self.decline(deliver, &error, Some(heap));
            }
        };
        self.open(heap)?;
        if let Some(answer) = self.open_answer(deliver.answer, deliver.resolver, heap)? {
            heap.settle(answer, Ok(Value::Ref(found)))?;
        }
        Ok(())
    }

    /// Counts a wrong swiss number, or a stranger's wrong certificate; gives the answer to a wrong
    /// number, the same for every cause.
    fn wrong_guess(&mut self) -> Result<Error, Violation> {
        self.wrong_guesses = self.wrong_guesses.saturating_add(1);
        // Vats of one host are trusted with revoked sturdyrefs for as long as both live.
        if self.carrier == Carrier::Plain && self.wrong_guesses > self.limits.wrong_guesses_max {
            return Err(Violation::WrongGuesses);
        }
        Ok(Error::new(Class::NotFound, "no object has this swiss number"))
    }
}

/// The swiss number in a message to the bootstrap object, or why there is none.
fn swiss_number(message: &Message<Descriptor>) -> Result<&[u8], Error> {
    match (message.symbol(), message.values.as_slice()) {
        (Some("fetch"), [_, Value::Bytes(swiss)]) => Ok(swiss),
        (Some("fetch"), _) => Err(Error::bad_call("fetch takes one swiss number, a byte string")),
        (Some("deposit-gift" | "withdraw-gift"), _) => Err(no_handoffs()),
        _ => Err(Error::bad_call("the bootstrap object answers to fetch")),
    }
}
