//! What the captures of every function must hold: values, or shared variables.
//!
//! A function says so by how it reads them; and what it only hands on to a function within it must
//! be what that one needs.

use super::{Kinds, Work, unsound};
use crate::code::{Capture, Code, Op};
use crate::error::LoadError;

/// Of each function, of each capture.
pub(super) fn needs(code: &Code, work: &mut Work) -> Result<Vec<Box<[Kinds]>>, LoadError> {
    let mut needs: Vec<Box<[Kinds]>> = Vec::new();
    // Who hands on to whom: of each function, its makers.
    let mut makers: Vec<Vec<usize>> = vec![Vec::new(); code.functions.len()];
    for (maker, function) in code.functions.iter().enumerate() {
        let mut own = vec![Kinds::NONE; function.captures.len()];
        work.take(own.len() + function.ops.len())?;
        for op in &function.ops {
            let (at, kind) = match *op {
                Op::GetCapture(at) => (at, Kinds::VALUE),
                Op::GetCaptureVar(at) | Op::SetCaptureVar(at) => (at, Kinds::VAR),
                Op::Closure(made) => {
                    makers[made as usize].push(maker);
                    continue;
                }
                _ => continue,
            };
            own[usize::from(at)] = own[usize::from(at)].or(kind);
        }
        needs.push(own.into());
    }
    let mut changed: Vec<usize> = (0..code.functions.len()).rev().collect();
    while let Some(made) = changed.pop() {
        for &maker in &makers[made] {
            work.take(1 + needs[made].len())?;
            if hand_on(code, &mut needs, made, maker)? {
                changed.push(maker);
            }
        }
    }
    for (number, needs) in needs.iter().enumerate() {
        if needs.iter().any(|need| !need.within(Kinds::VALUE) && !need.within(Kinds::VAR)) {
            return unsound(number, 0, "it takes a capture for a value and for a variable");
        }
    }
    Ok(needs)
}

/// What `made` needs of captures, `maker` needs too. Whether that is new.
fn hand_on(
    code: &Code,
    needs: &mut [Box<[Kinds]>],
    made: usize,
    maker: usize,
) -> Result<bool, LoadError> {
    let mut is_new = false;
    for (at, capture) in code.functions[made].captures.iter().enumerate() {
        let need = needs[made][at];
        match *capture {
            Capture::Capture(from) => {
                let Some(known) = needs[maker].get_mut(usize::from(from)) else {
                    return unsound(made, 0, "it takes a capture along that its maker has not");
                };
                is_new |= !need.within(*known);
                *known = known.or(need);
            }
            Capture::Slot(slot) if slot >= code.functions[maker].slots => {
                return unsound(made, 0, "it takes a slot along that its maker has not");
            }
            Capture::Slot(_) => {}
        }
    }
    Ok(is_new)
}
