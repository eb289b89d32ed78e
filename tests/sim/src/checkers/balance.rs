//! Counts agree on both sides of each session and within each vat, and once everybody has let go
//! of everything nothing is left but those who keep books.

use crate::evidence::{Evidence, VatSeen};
use crate::objects::FIRST_CHILD;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut found = evidence.audit.clone();
    for vat in &evidence.vats {
        // Children's books follow their root's.
        let root = evidence.books.iter().position(|book| book.id == vat.actor);
        let of_root = evidence.books.iter().skip(root.map_or(usize::MAX, |root| root + 1));
        let children = of_root.take_while(|book| book.id >= FIRST_CHILD).count();
        if vat.objects != children + ALWAYS {
            found.push(format!("{} has {} objects for {children} children", vat.name, vat.objects));
        }
        for session in &vat.sessions {
            let Some(peer) = evidence.vats.iter().find(|peer| peer.id == session.peer) else {
                continue;
            };
            if session.imports > 0 || session.exports > 0 {
                let (imports, exports) = (session.imports, session.exports);
                found.push(format!(
                    "{} holds {imports} of {} and exports {exports}, after all let go",
                    vat.name, peer.name
                ));
            }
            found.extend(disagreement(vat, peer, session.imports, session.exports));
        }
    }
    found
}

/// The objects that every vat of a world has: its steward, its clock and its root.
const ALWAYS: usize = 3;

fn disagreement(vat: &VatSeen, peer: &VatSeen, imports: u64, exports: u64) -> Option<String> {
    let back = peer.sessions.iter().find(|session| session.peer == vat.id);
    let (their_exports, their_imports) = back.map_or((0, 0), |s| (s.exports, s.imports));
    (their_exports != imports || their_imports != exports).then(|| {
        format!(
            "{} counts {imports} imports and {exports} exports, {} counts {their_exports} exports \
             and {their_imports} imports",
            vat.name, peer.name
        )
    })
}
