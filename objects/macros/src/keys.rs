//! Reading the keys of an attribute, with errors that name the ones it knows.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Error, Expr, ExprLit, Lit, LitStr, Meta, Path, Result, Token};

use crate::Home;

/// Reads `key`, `key = value` and `key(…)`, separated by commas.
pub fn parse(arguments: TokenStream) -> Result<Vec<Meta>> {
    let keys = |input: ParseStream<'_>| Punctuated::<Meta, Token![,]>::parse_terminated(input);
    Ok(keys.parse2(arguments)?.into_iter().collect())
}

/// The key's name.
pub fn name(key: &Meta) -> String {
    key.path().get_ident().map(ToString::to_string).unwrap_or_default()
}

/// The error for a key that is not known.
pub fn unknown(key: &Meta, attribute: &str, known: &str) -> Error {
    Error::new_spanned(key.path(), format!("`{attribute}` knows the keys {known}"))
}

/// The value of `key = "text"`.
pub fn text(key: &Meta) -> Result<LitStr> {
    match value(key)? {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text.clone()),
        other => {
            let message = format!("write it as text: `{} = \"…\"`", name(key));
            Err(Error::new_spanned(other, message))
        }
    }
}

/// The value of `key = value`.
pub fn value(key: &Meta) -> Result<&Expr> {
    match key {
        Meta::NameValue(pair) => Ok(&pair.value),
        _ => Err(Error::new_spanned(key, format!("`{}` needs a value: `{0} = …`", name(key)))),
    }
}

/// The paths of `key(path, …)`.
pub fn paths(key: &Meta) -> Result<Vec<Path>> {
    match key {
        Meta::List(list) => {
            let paths = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)?;
            Ok(paths.into_iter().collect())
        }
        _ => Err(Error::new_spanned(key, format!("write it as a list: `{}(…)`", name(key)))),
    }
}

/// A key without a value.
pub fn flag(key: &Meta) -> Result<()> {
    match key {
        Meta::Path(_) => Ok(()),
        _ => Err(Error::new_spanned(key, format!("`{}` takes no value", name(key)))),
    }
}

/// The path of the crate that generated code refers to, as `crate = "…"` says or as `home` is.
pub fn crate_path(key: Option<&Meta>, home: Home) -> Result<TokenStream> {
    match key {
        Some(key) => {
            let path: Path = text(key)?.parse()?;
            Ok(quote!(#path))
        }
        None => Ok(match home {
            Home::Facade => quote!(::hogshead),
            Home::Objects => quote!(::hogshead_objects),
        }),
    }
}

/// Several errors in one, or nothing.
#[derive(Default)]
pub struct Errors(Option<Error>);

impl Errors {
    /// Adds one.
    pub fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(all) => all.combine(error),
            none => *none = Some(error),
        }
    }

    /// Adds one with a place and a message.
    pub fn at(&mut self, place: impl ToTokens, message: impl std::fmt::Display) {
        self.push(Error::new_spanned(place, message));
    }

    /// The value, or its error among the others.
    pub fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Everything that was wrong.
    pub fn finish(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}
