//! What safe code cannot write to get more than it holds: each line would widen a reference.

use hogshead_objects::face as hogshead;
use hogshead_objects::stock::counter::{Counter, Tally};

use hogshead::grant::{Caveats, GrantInfo};
use hogshead::{Cap, Promise, Resolver};

fn a_number_is_no_reference(info: GrantInfo) -> Cap {
    Cap::from(info.facet)
}

fn references_have_no_name_in_the_facade() -> hogshead::Ref {
    panic!()
}

fn nor_has_what_makes_them() {
    hogshead::vat_side::cap::<dyn Counter>(panic!());
}

fn a_reference_has_no_part_to_be_replaced(narrow: Cap, whole: Cap) -> Cap {
    Cap { reference: whole.reference, ..narrow }
}

fn conditions_are_only_added(mut caveats: Caveats) -> Caveats {
    caveats.methods = None;
    caveats.uses = Some(u64::MAX);
    caveats
}

fn a_reference_is_not_the_object(cap: Cap<dyn Counter>) -> Tally {
    *cap
}

fn nor_comes_the_object_out_of_it(cap: &Cap<dyn Counter>) -> &Tally {
    cap.as_any().downcast_ref().unwrap()
}

fn a_promise_is_no_right_to_settle_it(promise: Promise<u64>) -> Resolver<u64> {
    promise.into()
}

fn main() {}
