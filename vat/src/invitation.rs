//! Invitations: objects whose code is the vat itself.
//!
//! An invitation holds the facet that it is for and, once it was redeemed, the one that it became.
//! What it says of itself is plain data beside these edges. See
//! [`stock::invitation`](hogshead_objects::stock::invitation) for what they promise.
//!
//! Its own facet is counted, so that a restored vat, which may have forgotten that it was redeemed,
//! suspends it with everything else that counts.

use hogshead_objects::codec::{decode_row, encode_row, to_value};
use hogshead_objects::error::{Error, Result};
use hogshead_objects::grant::Caveats;
use hogshead_objects::ids::{FacetId, ObjectId, VatId};
use hogshead_objects::locator::{Locator, SturdyRef, SwissHash};
use hogshead_objects::message::Message;
use hogshead_objects::object::State;
use hogshead_objects::reference::Ref;
use hogshead_objects::stock::invitation::Redeemed;
use hogshead_objects::value::Value;
use serde::{Deserialize, Serialize};

use crate::cache::{Form, Slot};
use crate::error::VatError;
use crate::limits;
use crate::rows::{Caller, SwissRow};
use crate::turn::Turn;

/// The kind of invitations. No registry has it.
const INVITATION_KIND: &str = "hogshead/invitation";

/// What an invitation knows beside its facets.
#[derive(Serialize, Deserialize)]
struct Invited {
    /// Where the vat is reached, as text.
    #[serde(rename = "l")]
    locator: String,
    /// Whether the grant is for the vat alone that redeems it.
    #[serde(rename = "o", default, skip_serializing_if = "std::ops::Not::not")]
    only: bool,
    /// Who has redeemed it, and the hash of the number that it was given.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    by: Option<(VatId, serde_bytes::ByteArray<32>)>,
}

/// Whether an object is an invitation.
pub(crate) fn is_invitation(slot: Option<&mut Slot>) -> bool {
    slot.is_some_and(|slot| slot.head.kind == INVITATION_KIND)
}

/// Makes an invitation; gives its sturdyref.
pub(crate) fn invite(
    turn: &mut Turn<'_, '_>,
    of: Ref,
    caveats: Caveats,
    locator: &str,
    only: bool,
) -> Result<Value> {
    let peer = read_locator(locator)?;
    let label = caveats.label_text().to_owned();
    let base = turn.grant_of(of, caveats)?;
    let invited = Invited { locator: locator.to_owned(), only, by: None };
    let state = encode(&invited, vec![Ref::Facet(base)])?;
    let whole = turn.add_object(INVITATION_KIND, 1, None, Form::Encoded(state))?;
    let own = Caveats::new()
        .methods(["redeem"])
        .uses(limits::INVITATION_USES_MAX)
        .label(invitation_label(&label));
    let facet = turn.facet_of_facet(whole, own)?;
    share(turn, facet, &invitation_label(&label), peer).map(|(_, sturdy)| sturdy.into())
}

/// Runs a method of an invitation.
pub(crate) fn call(
    turn: &mut Turn<'_, '_>,
    object: ObjectId,
    caller: Caller,
    message: &Message,
) -> Result<Value> {
    if message.symbol() != Some("redeem") {
        return Err(Error::bad_call("an invitation has the method redeem"));
    }
    let own = turn.own_key().ok_or_else(|| Error::refused("the vat does not know its key yet"))?;
    let guest = match caller {
        Caller::Own => own,
        Caller::Vat(guest) => guest,
        Caller::Unknown => {
            let why = "only a vat can redeem an invitation; the network that you came over has no \
                       keys";
            return Err(Error::refused(why));
        }
    };
    let (mut invited, base, granted) = read(turn, object)?;
    if invited.by.is_some_and(|(by, _)| by != guest) {
        return Err(Error::refused("the invitation was redeemed by another vat"));
    }
    match turn.over_for_good(granted.unwrap_or(base)) {
        Ok(None) => {}
        Ok(Some(why)) => {
            let text = format!("what the invitation is for is over: {}", why.message());
            return Err(Error::new(why.class(), text));
        }
        Err(trouble) => return Err(turn.visible(trouble)),
    }
    let facet = match (invited.by, granted) {
        (Some((_, hash)), Some(granted)) => {
            turn.drop_share_by_hash(&SwissHash(hash.into_array()))?;
            granted
        }
        _ => {
            let caveats = Caveats::new().label(guest.to_string());
            let only = invited.only;
            let caveats = if only { caveats.only_from(guest) } else { caveats };
            let facet = turn.facet_of_facet(base, caveats)?;
            turn.note_grantor(facet, object)?;
            facet
        }
    };
    let (hash, at) = share(turn, facet, &guest.to_string(), read_locator(&invited.locator)?)?;
    invited.by = Some((guest, serde_bytes::ByteArray::new(hash.0)));
    let state = encode(&invited, vec![Ref::Facet(base), Ref::Facet(facet)])?;
    turn.set_encoded(object, state)?;
    to_value(&Redeemed {
        object: Ref::Facet(facet).into(),
        at,
        inviter: own.to_string(),
        guest: guest.to_string(),
    })
}

/// The facet that an invitation is for, and the one that it became if it was redeemed.
pub(crate) fn leads_to(turn: &mut Turn<'_, '_>, object: ObjectId) -> Result<Vec<FacetId>> {
    let (_, base, granted) = read(turn, object)?;
    Ok([Some(base), granted].into_iter().flatten().collect())
}

fn read(turn: &mut Turn<'_, '_>, object: ObjectId) -> Result<(Invited, FacetId, Option<FacetId>)> {
    let state = match turn.load_slot(object) {
        Ok(Some(Slot { form: Form::Encoded(state), .. })) => state.clone(),
        Ok(_) => return Err(Error::internal("an invitation is not there")),
        Err(trouble) => return Err(turn.visible(trouble)),
    };
    let facet = |edge: Option<&Ref>| match edge {
        Some(Ref::Facet(facet)) => Some(*facet),
        _ => None,
    };
    let base = facet(state.edges.first())
        .ok_or_else(|| Error::internal("an invitation leads to nothing"))?;
    Ok((decode_row(&state.bytes)?, base, facet(state.edges.get(1))))
}

fn encode(invited: &Invited, edges: Vec<Ref>) -> Result<State> {
    Ok(State { bytes: encode_row(invited)?.bytes, edges, secret: false, collections: Vec::new() })
}

fn share(
    turn: &mut Turn<'_, '_>,
    facet: FacetId,
    label: &str,
    peer: Locator,
) -> Result<(SwissHash, SturdyRef)> {
    let swiss = turn.mint_swiss();
    let hash = swiss.hash();
    let (share, created) = (turn.draw_id(), turn.created());
    turn.put_share(&hash, &SwissRow { facet, label: label.to_owned(), share, created });
    Ok((hash, SturdyRef { peer, swiss }))
}

fn read_locator(locator: &str) -> Result<Locator> {
    locator.parse().map_err(|why| Error::bad_call(format!("locator: {why}")))
}

fn invitation_label(label: &str) -> String {
    let mut label = match label {
        "" => "invitation".to_owned(),
        label => format!("invitation: {label}"),
    };
    while label.len() > limits::LABEL_BYTES_MAX {
        label.pop();
    }
    label
}

impl Turn<'_, '_> {
    /// Lets a share go that another takes the place of.
    fn drop_share_by_hash(&mut self, hash: &SwissHash) -> Result<()> {
        let found: Result<_, VatError> = self.share_by_hash(hash);
        match found {
            Ok(Some(row)) => {
                self.drop_share(hash, &row);
                Ok(())
            }
            Ok(None) => Ok(()),
            Err(trouble) => Err(self.visible(trouble)),
        }
    }
}
