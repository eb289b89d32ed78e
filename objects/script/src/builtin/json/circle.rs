//! What is said of a value that contains itself.

use crate::machine::heap::Cell;
use crate::machine::{Args, ErrorKind, Index, Machine, Trap, Val};

/// What is above a value that is written: each object, and the key or index under which it stands.
pub(super) type Path<'p> = &'p [(Index, Key)];

/// A key of an object or an index of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Name(String),
    Place(usize),
}

/// `$jsonCircle(objects, keys, value)`: throws. `keys[i]` is the key under which `objects[i]` stands;
/// the last of `keys` is that of the value.
pub(super) fn circle(machine: &mut Machine, _: Val, args: Args) -> Result<Val, Trap> {
    let items = |machine: &Machine, i: usize| match machine.arg(args, i) {
        Val::Object(index) => match machine.cell(index) {
            Cell::Array(array) => array.items.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let (objects, keys) = (items(machine, 0), items(machine, 1));
    let mut named = Vec::new();
    for key in keys {
        named.push(match key {
            Val::Number(place) => Key::Place(place as usize),
            Val::Text(index) => Key::Name(String::from_utf16_lossy(&machine.text_of(index))),
            _ => Key::Place(0),
        });
    }
    let last = named.pop().unwrap_or(Key::Place(0));
    let path: Vec<(Index, Key)> = objects
        .into_iter()
        .zip(named)
        .filter_map(|(object, key)| match object {
            Val::Object(index) => Some((index, key)),
            _ => None,
        })
        .collect();
    match machine.arg(args, 2) {
        Val::Object(index) => Err(thrown(machine, &path, index, &last)),
        _ => Ok(Val::Undefined),
    }
}

/// The error, in Node's words: from the first mention of the value to the key that leads back to it.
pub(super) fn thrown(machine: &mut Machine, path: Path<'_>, value: Index, last: &Key) -> Trap {
    let start = path.iter().position(|(index, _)| *index == value).unwrap_or(0);
    let circle = path.get(start..).unwrap_or_default();
    let mut lines = vec![
        "Converting circular structure to JSON".to_owned(),
        format!("    --> starting at object with constructor '{}'", constructor(machine, value)),
    ];
    let line = |(index, key): &(Index, Key)| {
        let constructor = constructor(machine, *index);
        format!("    |     {} -> object with constructor '{constructor}'", shown(key))
    };
    // The first two and the last of those between are named.
    match circle.get(1..).unwrap_or_default() {
        [first, second, .., last] if circle.len() > 4 => {
            lines.extend([line(first), line(second), "    |     ...".to_owned(), line(last)]);
        }
        few => lines.extend(few.iter().map(line)),
    }
    lines.push(format!("    --- {} closes the circle", shown(last)));
    machine.throw(ErrorKind::TypeError, lines.join("\n"))
}

fn shown(key: &Key) -> String {
    match key {
        Key::Name(name) => format!("property '{name}'"),
        Key::Place(place) => format!("index {place}"),
    }
}

fn constructor(machine: &Machine, index: Index) -> &'static str {
    match machine.cell(index) {
        Cell::Array(_) => "Array",
        Cell::Object(object) => match object.class {
            crate::machine::heap::Class::Error(kind) => kind.name(),
            _ => "Object",
        },
        _ => "Object",
    }
}
