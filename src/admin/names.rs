//! Names of directories, as their owner sees them.

use hogshead_objects::Value;

use super::NameInfo;

/// A name as its owner sees it, without the secret of a sturdyref.
pub(super) fn name_info((name, to): &(String, Value)) -> NameInfo {
    let (kind, to) = match to {
        Value::SturdyRef(sturdyref) => ("sturdy", sturdyref.peer.to_string()),
        _ => ("live", "this host".to_owned()),
    };
    NameInfo { name: name.clone(), kind: kind.to_owned(), to }
}

/// The same of a directory that may be anywhere, as may what it has.
pub(super) fn far_name_info(entry: &(String, Value)) -> NameInfo {
    let info = name_info(entry);
    match entry.1 {
        Value::SturdyRef(_) => info,
        _ => NameInfo { to: "a live reference".to_owned(), ..info },
    }
}
