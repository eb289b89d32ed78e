//! What puppets do with facets and grants.

use hogshead_objects::Context;
use hogshead_objects::error::Result;

use super::{Marionette, Puppet, Step, pick};

impl Marionette {
    pub(super) fn authority(&mut self, cx: &mut Context<'_>, step: Step) -> Result<()> {
        match step {
            Step::Facet => {
                let facet = cx.facet::<dyn Puppet>(&["peek"], "to look at")?;
                self.caps.push(facet.cast());
            }
            Step::Revoke(index) => {
                if let Some(cap) = pick(&self.caps, index) {
                    let _ = cx.revoke(cap);
                }
            }
            Step::Grant { of, caveats } => {
                if let Some(cap) = pick(&self.caps, of) {
                    self.caps.push(cx.grant(&cap, caveats)?);
                }
            }
            Step::AskSettled { to, index } => {
                if let Some(cap) = pick(&self.caps, to) {
                    let settled = cap.cast::<dyn Puppet>().send(cx).settled(index)?;
                    self.promises.push(settled);
                }
            }
            Step::RevokeDeep(index) => {
                if let Some(cap) = pick(&self.caps, index) {
                    cx.revoke_deep(cap)?;
                }
            }
            Step::RevokeBelow(index) => {
                if let Some(cap) = pick(&self.caps, index) {
                    for grant in cx.grants(cap)?.into_iter().skip(1) {
                        cx.revoke_derived(cap, grant.facet, false)?;
                        self.number += 1;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}
