//! From bytes to a code: any bytes give a code or a clear error. That the code is safe to run is
//! for the verifier to say ([`Verified`](super::Verified)).

use num_bigint::BigInt;

use super::encode::{MAGIC, VERSION, flag, tag};
use super::leb::Reader;
use super::{
    AwaitPoint, Capture, Code, CodeHash, Constant, Func, Handler, Place, Variable, opcode,
};
use crate::builtin::Builtin;
use crate::error::LoadError;
use crate::limits::CODE_BYTES_MAX;

impl Code {
    /// Reads a code. Only the encoding that [`Code::encode`] gives is accepted, so that a code has
    /// one name.
    ///
    /// # Errors
    ///
    /// The bytes are of something else, of a newer version, cut short, damaged, or more than
    /// [`CODE_BYTES_MAX`]; or they name a built-in function that this version does not have.
    pub fn decode(bytes: &[u8]) -> Result<Self, LoadError> {
        LoadError::check_size("bytes of a code", bytes.len(), CODE_BYTES_MAX)?;
        LoadError::check_head("a script's code", bytes, MAGIC, VERSION)?;
        let from = &mut Reader::new(bytes, MAGIC.len() + 1);
        let name = from.text()?;
        let source = from.text()?;
        let imports =
            from.list(|from| Ok(CodeHash(from.take(32)?.try_into().unwrap_or_default())))?;
        let exports = from.list(Reader::text)?;
        let constants = from.list(Constant::decode)?;
        from.builtins = from.list(builtin)?;
        let functions = from.list(Func::decode)?;
        if !from.is_at_end() {
            return Err(from.malformed("there is something after the code's end"));
        }
        let code = Self { name, source, imports, exports, constants, functions };
        if code.encode() != bytes {
            return Err(LoadError::NotCanonical);
        }
        Ok(code)
    }
}

fn builtin(from: &mut Reader<'_>) -> Result<Builtin, LoadError> {
    let path = from.text()?;
    Builtin::named(&path).ok_or(LoadError::UnknownBuiltin(path))
}

impl Constant {
    fn decode(from: &mut Reader<'_>) -> Result<Self, LoadError> {
        Ok(match from.byte()? {
            tag::NUMBER => {
                let bits = from.take(8)?.try_into().unwrap_or_default();
                Self::Number(f64::from_bits(u64::from_le_bytes(bits)))
            }
            kind @ (tag::TEXT | tag::UNITS) => Self::String(units(kind, from)?),
            tag::BIG_INT => Self::BigInt(BigInt::from_signed_bytes_le(from.blob()?)),
            tag::REG_EXP => {
                let kind = from.byte()?;
                Self::RegExp(units(kind, from)?, from.text()?)
            }
            kind => return Err(from.malformed(format!("there is no kind {kind} of constants"))),
        })
    }
}

fn units(kind: u8, from: &mut Reader<'_>) -> Result<Vec<u16>, LoadError> {
    match kind {
        tag::TEXT => Ok(from.text()?.encode_utf16().collect()),
        tag::UNITS => from.list(|from| {
            let unit = from.take(2)?;
            Ok(u16::from_le_bytes([unit[0], unit[1]]))
        }),
        _ => Err(from.malformed(format!("there is no kind {kind} of strings"))),
    }
}

impl Func {
    fn decode(from: &mut Reader<'_>) -> Result<Self, LoadError> {
        let (name, path) = (from.text()?, from.text()?);
        let (length, parameters) = (from.small()?, from.small()?);
        let (slots, operands_max) = (from.small()?, from.small()?);
        let flags = from.byte()?;
        if flags & !flag::ALL != 0 {
            return Err(from.malformed("a function has flags of a newer version"));
        }
        Ok(Self {
            name,
            path,
            length,
            parameters,
            rest: flags & flag::REST != 0,
            is_async: flags & flag::ASYNC != 0,
            is_arrow: flags & flag::ARROW != 0,
            slots,
            operands_max,
            captures: from.list(Capture::decode)?,
            ops: from.list(opcode::read)?,
            handlers: from.list(Handler::decode)?,
            awaits: from.list(AwaitPoint::decode)?,
            lines: lines(from)?,
            variables: from.list(Variable::decode)?,
        })
    }
}

impl Capture {
    fn decode(from: &mut Reader<'_>) -> Result<Self, LoadError> {
        let number = from.small::<u32>()?;
        let at = u16::try_from(number >> 1)
            .map_err(|_| from.malformed(format!("{number} names no slot or capture")))?;
        Ok(if number & 1 == 0 { Self::Slot(at) } else { Self::Capture(at) })
    }
}

impl Handler {
    fn decode(from: &mut Reader<'_>) -> Result<Self, LoadError> {
        let (start, end, target) = (from.small()?, from.small()?, from.small()?);
        Ok(Self { start, end, target, operands: from.small()? })
    }
}

impl AwaitPoint {
    fn decode(from: &mut Reader<'_>) -> Result<Self, LoadError> {
        let pc = from.small()?;
        let label = if from.flag()? { Some(from.text()?) } else { None };
        Ok(Self { pc, label })
    }
}

fn lines(from: &mut Reader<'_>) -> Result<Vec<Place>, LoadError> {
    let (mut pc, mut line) = (0, 0);
    from.list(|from| {
        pc = moved(from, pc)?;
        line = moved(from, line)?;
        Ok(Place { pc, line, column: from.small()? })
    })
}

fn moved(from: &mut Reader<'_>, number: u32) -> Result<u32, LoadError> {
    let moved = i64::from(number).checked_add(from.signed()?);
    moved.and_then(|n| u32::try_from(n).ok()).ok_or_else(|| from.malformed("a place has no number"))
}

impl Variable {
    fn decode(from: &mut Reader<'_>) -> Result<Self, LoadError> {
        let (name, at, shared) = (from.text()?, Capture::decode(from)?, from.flag()?);
        Ok(Self { name, at, shared, start: from.small()?, end: from.small()? })
    }
}
