//! Invitations: sturdyrefs that are taken up once, and become whoever took them up.

use serde::{Deserialize, Serialize};

use crate::cap::Cap;
use crate::context::Context;
use crate::error::Result;
use crate::locator::SturdyRef;

/// What a sturdyref leads to that was made to be taken up once.
///
/// A vat serves invitations itself; its owner makes one with the steward's `invite`, for an object
/// and what is granted of it, and gives its sturdyref away: on paper, in a mail, over the phone.
/// The first vat that redeems it gets a lasting sturdyref in its place, of a grant that bears its
/// key as a label, and for that vat alone if the owner said so. Any other is refused with
/// [`Class::Refused`](crate::Class::Refused) from then on, and so learns that somebody was there
/// before it. What decides is the order of the vat's turns.
///
/// Both sides learn each other's keys: the one that invites finds the key of who came as the label
/// of the grant, and the answer has the key of the one that invites. A vat that redeems it again,
/// because its host died before it had kept the answer, gets another sturdyref of the same grant,
/// and the one before leads nowhere.
///
/// A peer of a network whose names are no keys cannot redeem anything.
#[crate::interface]
pub trait Invitation {
    /// Takes the invitation up.
    fn redeem(&mut self, cx: &mut Context<'_>) -> Result<Redeemed>;
}

/// What an invitation became.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Redeemed {
    /// What was granted.
    pub object: Cap,
    /// The sturdyref to keep.
    pub at: SturdyRef,
    /// The key of the vat that invites, as text.
    pub inviter: String,
    /// The key that the grant bears: that of the vat that redeemed it, as text.
    pub guest: String,
}
