//! What a bystander who hears both directions of a session knows about its counts, from the text
//! alone (sections "`op:gc-exports`", "`op:gc-answers`" and "Descriptors").

use std::collections::{BTreeMap, BTreeSet};

use hogshead_captp::operation::{Deliver, Derive, Listen};
use hogshead_captp::{Descriptor, Import, Operation, Target};
use hogshead_objects::Value;

/// What one side of a session has exported to the other, and been asked by it.
#[derive(Default)]
pub struct Ledger {
    exports: BTreeMap<u64, Export>,
    /// Answer positions that the other side has asked at and not given back.
    asked: BTreeSet<u64>,
}

#[derive(Default)]
struct Export {
    is_promise: bool,
    /// Times described, as the exporter counts when it sends.
    sent: u64,
    /// Times described, as the other side counts when it receives.
    received: u64,
    /// Times given back, as the other side counts when it sends.
    given: u64,
}

impl Ledger {
    /// The positions that are not given back in full.
    pub fn exported(&self) -> u64 {
        count(self.exports.values().filter(|export| export.given < export.sent))
    }

    /// The answers that are not given back.
    pub fn asked(&self) -> u64 {
        count(self.asked.iter())
    }

    /// The exporter describes `import`.
    fn describes(&mut self, import: Import) {
        let is_promise = matches!(import, Import::Promise(_));
        let export = self.exports.entry(import.position()).or_default();
        if export.given < export.sent {
            assert_eq!(export.is_promise, is_promise, "{import:?} was of the other kind");
        }
        export.is_promise = is_promise;
        export.sent += 1;
    }

    /// The other side has read what the exporter described.
    fn reads(&mut self, import: Import) {
        self.exports.get_mut(&import.position()).expect("it was described").received += 1;
    }

    /// The other side names an export.
    fn names(&self, position: u64) {
        if position == 0 {
            return;
        }
        let export = self.exports.get(&position);
        let export = export.unwrap_or_else(|| panic!("{position} was never exported"));
        assert!(export.given < export.received, "{position} is named after it was given back");
    }

    fn gives_back(&mut self, position: u64, delta: u64) {
        let export = self.exports.get_mut(&position);
        let export = export.unwrap_or_else(|| panic!("{position} was never exported"));
        export.given += delta;
        assert!(delta > 0, "{position} is given back no time");
        assert!(export.given <= export.received, "{position} is given back more than it was got");
    }

    fn asks(&mut self, answer: u64) {
        assert!(answer > 0, "answer positions are positive");
        assert!(self.asked.insert(answer), "answer position {answer} is in use");
    }

    fn target(&self, target: Target) {
        match target {
            Target::Export(position) => self.names(position),
            Target::Answer(answer) => self.awaits(answer),
        }
    }

    fn awaits(&self, answer: u64) {
        assert!(self.asked.contains(&answer), "answer {answer} is named but not asked for");
    }
}

/// Both directions: `[what one exports, what the other exports]`.
#[derive(Default)]
pub struct Ledgers(pub [Ledger; 2]);

impl Ledgers {
    /// `side` puts an operation on its way.
    pub fn sends(&mut self, side: usize, operation: &Operation) {
        let (imports, others) = mentions(operation);
        for target in others {
            self.0[1 - side].target(target);
        }
        match operation {
            Operation::Deliver(Deliver { to, answer, .. }) => {
                self.0[1 - side].target(*to);
                answer.iter().for_each(|answer| self.0[1 - side].asks(*answer));
            }
            Operation::Derive(Derive { from, answer, .. }) => {
                self.0[1 - side].target(*from);
                self.0[1 - side].asks(*answer);
            }
            Operation::Listen(Listen { to, .. }) => self.0[1 - side].target(*to),
            Operation::GcExports(exports) => {
                for export in exports {
                    self.0[1 - side].gives_back(export.position, export.delta);
                }
            }
            Operation::GcAnswers(answers) => {
                for answer in answers {
                    let ledger = &mut self.0[1 - side];
                    assert!(ledger.asked.remove(answer), "answer {answer} is given back twice");
                }
            }
            Operation::StartSession(_) | Operation::Abort(_) => {}
        }
        imports.into_iter().for_each(|import| self.0[side].describes(import));
    }

    /// The other side than `side` reads an operation that `side` sent.
    pub fn arrives(&mut self, side: usize, operation: &Operation) {
        let (imports, _) = mentions(operation);
        imports.into_iter().for_each(|import| self.0[side].reads(import));
    }
}

/// What an operation describes as the sender's own, and what of the other side's it names as a
/// value.
fn mentions(operation: &Operation) -> (Vec<Import>, Vec<Target>) {
    let (mut imports, mut others) = (Vec::new(), Vec::new());
    match operation {
        Operation::Deliver(deliver) => {
            for descriptor in deliver.message.values.iter().flat_map(Value::refs) {
                match descriptor {
                    Descriptor::ImportObject(position) => imports.push(Import::Object(*position)),
                    Descriptor::ImportPromise(position) => imports.push(Import::Promise(*position)),
                    Descriptor::Export(position) => others.push(Target::Export(*position)),
                    Descriptor::Answer(answer) => others.push(Target::Answer(*answer)),
                    _ => {}
                }
            }
            imports.extend(deliver.resolver);
        }
        Operation::Listen(listen) => imports.push(listen.resolver),
        _ => {}
    }
    (imports, others)
}

fn count<T>(items: impl Iterator<Item = T>) -> u64 {
    u64::try_from(items.count()).expect("few")
}
