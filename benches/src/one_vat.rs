//! A vat over rows in memory, as a host would drive it without its disk and its network.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use bytes::Bytes;
use hogshead_objects::heap::Heap;
use hogshead_objects::ids::{Timestamp, VatId};
use hogshead_objects::records::{MemoryRecords, Overlay, Row};
use hogshead_objects::{Message, Ref, Registry};
use hogshead_store::{Batch, Keep};
use hogshead_vat::{Caller, Ran, Turn, TurnMeta, Vat, VatOptions};

/// A vat over rows in memory, without a host.
pub struct OneVat {
    rows: MemoryRecords,
    vat: Vat,
    registry: Registry,
    now: u64,
    keep: Option<Keep>,
    waited: Duration,
}

impl OneVat {
    /// An empty vat that knows these kinds.
    pub fn new(registry: Registry) -> Self {
        let mut rows = MemoryRecords::default();
        let mut overlay = Overlay::new(&rows);
        let vat = Vat::create(&mut overlay, VatOptions::default()).expect("a vat");
        let changes = overlay.into_changes();
        rows.apply(changes);
        Self { rows, vat, registry, now: 1, keep: None, waited: Duration::ZERO }
    }

    /// The same over a store: each turn is on the disk when it is over.
    pub fn durable(registry: Registry, keep: Keep) -> Self {
        Self { keep: Some(keep), ..Self::new(registry) }
    }

    /// How long turns have waited for the disk so far.
    pub fn waited(&self) -> Duration {
        self.waited
    }

    /// Runs a turn.
    pub fn turn<R>(&mut self, run: impl FnOnce(&mut Turn<'_, '_>) -> R) -> R {
        self.now += 1;
        let meta = TurnMeta { now: Timestamp(self.now), entropy: &|| [0; 32] };
        let mut overlay = Overlay::new(&self.rows);
        let mut turn = self.vat.open(&mut overlay, &self.registry, meta);
        turn.set_own_key(base_point());
        let result = run(&mut turn);
        turn.close().expect("a turn");
        let changes = overlay.into_changes();
        if let Some(keep) = &self.keep {
            let batch = batch(&changes);
            let begun = Instant::now();
            let number = keep.commit(batch).expect("taken");
            keep.wait_durable(number).expect("on the disk");
            self.waited += begun.elapsed();
        }
        self.rows.apply(changes);
        result
    }

    /// Spawns an object that somebody outside holds.
    pub fn spawn(&mut self, object: Box<dyn hogshead::Object>) -> Ref {
        self.turn(|turn| {
            let facet = turn.spawn_from_host(object).expect("an object");
            turn.hold(facet).expect("held");
            facet
        })
    }

    /// Delivers a message in a turn of its own.
    pub fn deliver(&mut self, to: Ref, message: Message) {
        self.deliver_all(to, [message]);
    }

    /// Delivers messages of somebody elsewhere in one turn.
    pub fn deliver_all(&mut self, to: Ref, messages: impl IntoIterator<Item = Message>) {
        self.turn(|turn| {
            for message in messages {
                turn.set_caller(Caller::Vat(base_point()));
                turn.deliver(to, message, None).expect("taken");
                turn.set_caller(Caller::Own);
                assert_eq!(turn.run_delivered().expect("run"), Ran::Done);
            }
        });
    }
}

fn batch(changes: &BTreeMap<Bytes, Option<Row>>) -> Batch {
    let mut batch = Batch::new();
    for (key, change) in changes {
        match change {
            Some(row) => batch.put(key.clone(), row.bytes.clone()),
            None => batch.delete(key.clone()),
        };
    }
    batch
}

/// The base point of the curve, which is as good a public key as any.
pub fn base_point() -> VatId {
    let mut bytes = [0x66; 32];
    bytes[0] = 0x58;
    VatId::from_bytes(&bytes).expect("a point")
}
