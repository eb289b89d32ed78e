//! What the macros read off types and signatures.

use quote::ToTokens;
use syn::{Error, FnArg, GenericArgument, Ident, Pat, PathArguments, ReturnType, Signature, Type};

use crate::keys::Errors;

/// The type argument of a path type whose last segment is `name`, such as `u64` of `Result<u64>`.
pub fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ungrouped(ty) else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Whether a type is a path whose last segment is `name`, without arguments.
pub fn is_named(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = ungrouped(ty) else { return false };
    path.path
        .segments
        .last()
        .is_some_and(|segment| segment.ident == name && segment.arguments.is_none())
}

/// What a promise of the answer promises: an answer that is itself a promise is waited for.
pub fn promised(answer: &Type) -> &Type {
    argument_of(answer, "Promise").unwrap_or(answer)
}

/// The `T` of a signature that returns `Result<T>`.
pub fn answer(signature: &Signature) -> Result<Type, Error> {
    let message = "a method that others can call returns `Result<…>`, since any call can fail; \
                   `Result<()>` if there is nothing to say";
    match &signature.output {
        ReturnType::Type(_, ty) => {
            argument_of(ty, "Result").cloned().ok_or_else(|| Error::new_spanned(ty, message))
        }
        ReturnType::Default => Err(Error::new_spanned(&signature.ident, message)),
    }
}

/// What an error about a parameter points at: the parameter, or the name if there is none.
pub fn place<'a>(argument: Option<&'a FnArg>, signature: &'a Signature) -> &'a dyn ToTokens {
    match argument {
        Some(argument) => argument,
        None => &signature.ident,
    }
}

/// Whether a parameter is `cx: &mut Context<'_>`.
pub fn is_context(argument: &FnArg) -> bool {
    let FnArg::Typed(argument) = argument else { return false };
    let Type::Reference(reference) = ungrouped(&argument.ty) else { return false };
    let Type::Path(path) = ungrouped(&reference.elem) else { return false };
    reference.mutability.is_some()
        && path.path.segments.last().is_some_and(|segment| segment.ident == "Context")
}

/// The name of a parameter, which is needed for error messages.
pub fn parameter_name(pattern: &Pat) -> Result<Ident, Error> {
    match pattern {
        Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
            Ok(ident.ident.clone())
        }
        _ => Err(Error::new_spanned(
            pattern,
            "give the parameter a plain name: error messages to callers use it",
        )),
    }
}

/// Refuses what no message can carry: references and `impl Trait`.
pub fn check_carried(ty: &Type) -> Result<(), Error> {
    match ungrouped(ty) {
        Type::Reference(reference) => {
            let instead = match ungrouped(&reference.elem) {
                Type::Path(path) if path.path.is_ident("str") => "`String`".to_owned(),
                Type::Slice(slice) => format!("`Vec<{}>`", written(&slice.elem)),
                other => format!("`{}`", written(other)),
            };
            Err(Error::new_spanned(
                ty,
                format!(
                    "arguments travel by value, into other turns and vats: take {instead} \
                     instead of a reference"
                ),
            ))
        }
        Type::ImplTrait(_) => Err(Error::new_spanned(
            ty,
            "arguments travel as data: name a concrete type instead of `impl …`",
        )),
        _ => Ok(()),
    }
}

/// Refuses what a method called by messages cannot be: async, generic, unsafe, extern, variadic.
pub fn check_signature(signature: &Signature, errors: &mut Errors) {
    if let Some(asyncness) = &signature.asyncness {
        errors.at(
            asyncness,
            "a method runs within one turn and cannot wait: return a `Promise<…>`, or go on in \
             a `#[continuation]` when the promise settles",
        );
    }
    if !signature.generics.params.is_empty() {
        errors.at(
            &signature.generics,
            "a method that others call by messages cannot be generic: name concrete types, or \
             take a `Value`",
        );
    }
    if let Some(unsafety) = &signature.unsafety {
        errors.at(unsafety, "a caller far away cannot promise what `unsafe` asks for");
    }
    if let Some(abi) = &signature.abi {
        errors.at(abi, "a method of an object has Rust's own calling convention");
    }
}

/// A type as a reader would write it: tokens print with a space between any two.
pub fn written(tokens: &impl ToTokens) -> String {
    let spaced = tokens.to_token_stream().to_string();
    let characters: Vec<char> = spaced.chars().collect();
    let is_word = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let mut text = String::with_capacity(characters.len());
    for (place, &character) in characters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| characters.get(place));
        let after = characters.get(place + 1);
        let wanted = (is_word(before) && (is_word(after) || after == Some(&'\'')))
            || matches!(before, Some(',' | ';' | '+'))
            || after == Some(&'+');
        if !character.is_whitespace() || wanted {
            text.push(if character.is_whitespace() { ' ' } else { character });
        }
    }
    text
}

/// The type without the invisible groups that macros wrap around fragments.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_as_a_reader_would() {
        for text in [
            "u64",
            "Vec<u8>",
            "BTreeMap<String, Vec<(u8, u8)>>",
            "Cap<dyn Counter>",
            "std::collections::BTreeSet<String>",
            "[u8; 32]",
            "()",
            "Box<dyn Any + Send>",
        ] {
            let ty: Type = syn::parse_str(text).expect("the test's own type");
            assert_eq!(written(&ty), text);
        }
    }

    #[test]
    fn a_promised_promise_is_one_promise() {
        let ty: Type = syn::parse_str("hogshead::Promise<Cap<dyn Counter>>").expect("a type");
        assert_eq!(written(promised(&ty)), "Cap<dyn Counter>");
        let ty: Type = syn::parse_str("Vec<Promise<u64>>").expect("a type");
        assert_eq!(written(promised(&ty)), "Vec<Promise<u64>>");
    }
}
