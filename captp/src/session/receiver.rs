//! The receiver of a handoff: withdraws what a gifter gave, from whoever exports it.

use hogshead_objects::heap::Heap;
use hogshead_objects::records::RecordsError;
use hogshead_objects::{Class, Error};

use super::Session;
use crate::handoff::Introduction;

impl Session {
    /// Asks the peer, the exporter, for what a gifter has given (section "Handoffs from the
    /// Receiver's perspective"). From now on what is sent to the introduction's promise is sent
    /// to the answer.
    ///
    /// Whatever goes wrong breaks that promise and nothing else.
    pub fn withdraw(
        &mut self,
        introduction: Introduction,
        heap: &mut dyn Heap,
    ) -> Result<(), RecordsError> {
        let why = Error::new(Class::Severed, "the session takes no part in handoffs");
        heap.settle(introduction.promise, Err(why))
    }
}
