//! Whether there is room in the tables for what a durable session is to send.
//!
//! A plain session ends when one of its tables is full. A durable one is not to end for that: what
//! can be refused is refused, and for the rest there is more room than for what can.

use hogshead_objects::heap::Heap;
use hogshead_objects::records::RecordsError;
use hogshead_objects::{Class, Error, Message, Value};

use super::{Carrier, Session};
use crate::limits::DURABLE_TABLES_FACTOR;

impl Session {
    /// The limit of a table for what cannot be refused.
    pub(super) fn beyond(&self, max: u64) -> u64 {
        match self.carrier {
            Carrier::Durable => max.saturating_mul(DURABLE_TABLES_FACTOR),
            Carrier::Plain | Carrier::Local => max,
        }
    }

    /// Why a durable session has no room for what `message` may export and, if it asks, for its
    /// answer. Others find out as they go.
    pub(super) fn room(
        &mut self,
        message: &Message,
        asks: bool,
        heap: &mut dyn Heap,
    ) -> Result<Result<(), Error>, RecordsError> {
        if self.carrier != Carrier::Durable {
            return Ok(Ok(()));
        }
        let refs = message.values.iter().flat_map(Value::refs).count();
        let exports = u64::try_from(refs).unwrap_or(u64::MAX).saturating_add(u64::from(asks));
        let head = self.tables.head(heap.records())?;
        let exports = head.exports.saturating_add(exports);
        if asks {
            let full =
                head.questions >= self.limits.questions_max || exports > self.limits.exports_max;
            let why = "too much is open in this session; try again later";
            return Ok(if full { Err(Error::new(Class::Busy, why)) } else { Ok(()) });
        }
        let max = self.beyond(self.limits.exports_max);
        let why = format!("a session exports at most {max} references at a time");
        Ok(if exports > max { Err(Error::new(Class::Limit, why)) } else { Ok(()) })
    }
}
