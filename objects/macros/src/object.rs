//! `#[object]`: the impl of an interface in, a kind of object out.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Expr, ItemImpl, Lit, LitInt, LitStr, Meta, Path, Result, Type};

use crate::Home;
use crate::keys::{self, Errors};

const KNOWN: &str = "`name = \"…\"`, `version = 1`, `interfaces(…)`, `continuations`, \
                     `construct`, `constant`, `upgrades(…)` and `crate = \"…\"`";

/// What the generated code is made from.
struct Object {
    home: TokenStream,
    /// The type.
    ty: Type,
    /// The interfaces, the one of the impl first.
    interfaces: Vec<Path>,
    /// The kind's full name.
    name: LitStr,
    version: LitInt,
    continuations: bool,
    construct: Option<Construct>,
    constant: bool,
    upgrades: Option<Path>,
}

enum Construct {
    /// From `Default` or the value itself.
    Derived(Span),
    /// By a function.
    By(Expr),
}

/// The macro.
pub fn expand(home: Home, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let generated = match syn::parse2::<ItemImpl>(item.clone()) {
        Ok(implementation) => read(home, arguments, &implementation).map(|object| {
            let kind = kind(&object);
            let traits = traits(&object);
            quote! {
                #[allow(unused, clippy::all)]
                const _: () = { #kind #traits };
            }
        }),
        Err(_) => {
            let span = item.clone().into_iter().next().map_or_else(Span::call_site, |t| t.span());
            Err(Error::new(
                span,
                "`object` goes on the impl of the object's main interface: \
                 `#[object(name = \"…\")] impl Counter for Tally { … }`",
            ))
        }
    };
    let generated = generated.unwrap_or_else(Error::into_compile_error);
    quote!(#item #generated)
}

fn read(home: Home, arguments: TokenStream, item: &ItemImpl) -> Result<Object> {
    let mut errors = Errors::default();
    if !item.generics.params.is_empty() {
        errors.at(
            &item.generics.params,
            "an object cannot be generic: its kind has one name and one form of state",
        );
    }
    let main = match &item.trait_ {
        Some((None, path, _)) => Some(path.clone()),
        _ => {
            errors.at(
                &item.self_ty,
                "`object` goes on the impl of an interface: `impl Counter for …`; further \
                 interfaces are listed: `interfaces(…)`",
            );
            None
        }
    };
    let mut interfaces: Vec<_> = main.into_iter().collect();
    let (mut name, mut version, mut crate_key) = (None, None, None);
    let (mut continuations, mut construct, mut upgrades) = (false, None, None);
    let mut constant = false;
    for key in errors.keep(keys::parse(arguments)).unwrap_or_default() {
        match keys::name(&key).as_str() {
            "name" => name = errors.keep(keys::text(&key).and_then(kind_name)),
            "version" => version = errors.keep(version_number(&key)),
            "interfaces" => interfaces.extend(errors.keep(keys::paths(&key)).unwrap_or_default()),
            "continuations" => continuations = errors.keep(keys::flag(&key)).is_some(),
            "constant" => constant = errors.keep(keys::flag(&key)).is_some(),
            "construct" => construct = errors.keep(constructor(&key)),
            "upgrades" => upgrades = errors.keep(only_path(&key)),
            "crate" => crate_key = Some(key),
            _ => errors.push(keys::unknown(&key, "object", KNOWN)),
        }
    }
    let home = errors.keep(keys::crate_path(crate_key.as_ref(), home)).unwrap_or_default();
    let ty = (*item.self_ty).clone();
    let version = version.unwrap_or_else(|| LitInt::new("1", Span::call_site()));
    // A name that is there and wrong has had its own error.
    errors.finish()?;
    let Some(name) = name else {
        return Err(Error::new(
            Span::call_site(),
            "an object's kind needs a name, under which its state is found again: \
             `#[object(name = \"…\", version = 1)]`",
        ));
    };
    Ok(Object { home, ty, interfaces, name, version, continuations, construct, constant, upgrades })
}

/// The name with the crate's namespace; one that has a namespace already is taken as it is.
fn kind_name(written: LitStr) -> Result<LitStr> {
    let name = written.value();
    let parts: Vec<_> = name.split('/').collect();
    let plain = |part: &&str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    if parts.len() > 2 || !parts.iter().all(plain) {
        return Err(Error::new_spanned(
            &written,
            "a kind's name has letters, digits, `-`, `_` and `.`, and may have a namespace \
             before a slash (by default the crate's name)",
        ));
    }
    if parts.len() == 2 {
        return Ok(written);
    }
    // Cargo sets it for whatever it compiles; without Cargo there is the crate's own name.
    let package = std::env::var("CARGO_PKG_NAME").or_else(|_| std::env::var("CARGO_CRATE_NAME"));
    let package = package.map_err(|_| {
        Error::new_spanned(&written, "write the name with a namespace: `name = \"mine/tally\"`")
    })?;
    // The vocabulary crate is a part of the house, not of the names that are kept for ever.
    let space = if package == "hogshead-objects" { "hogshead" } else { &package };
    Ok(LitStr::new(&format!("{space}/{name}"), written.span()))
}

fn version_number(key: &Meta) -> Result<LitInt> {
    let value = keys::value(key)?;
    if let Expr::Lit(literal) = value
        && let Lit::Int(number) = &literal.lit
        && number.base10_parse::<u32>().is_ok_and(|number| number > 0)
    {
        return Ok(number.clone());
    }
    Err(Error::new_spanned(value, "versions are counted from 1: `version = 1`"))
}

fn constructor(key: &Meta) -> Result<Construct> {
    match key {
        Meta::Path(path) => Ok(Construct::Derived(path.span())),
        other => Ok(Construct::By(keys::value(other)?.clone())),
    }
}

fn only_path(key: &Meta) -> Result<Path> {
    let mut paths = keys::paths(key)?;
    match (paths.pop(), paths.is_empty()) {
        (Some(path), true) => Ok(path),
        _ => Err(Error::new_spanned(key, "name one constant: `upgrades(UPGRADES)`")),
    }
}

/// The kind, in a static so that it has one address everywhere.
fn kind(object: &Object) -> TokenStream {
    let Object { home, ty, interfaces, name, version, .. } = object;
    let continuations = if object.continuations {
        quote_spanned!(ty.span()=> <#ty as #home::__private::Continues>::NAMES)
    } else {
        quote!(&[])
    };
    let construct = match &object.construct {
        None => quote!(::core::option::Option::None),
        Some(Construct::Derived(span)) => {
            let derived = quote_spanned!(*span=> #home::__private::construct_derived::<#ty>);
            quote!(::core::option::Option::Some(#derived))
        }
        Some(Construct::By(function)) => {
            let call = quote_spanned! {function.span()=>
                #home::__private::construct_by::<#ty>(#function, init)
            };
            quote!(::core::option::Option::Some(|init| #call))
        }
    };
    let upgrades = object.upgrades.as_ref().map_or_else(|| quote!(&[]), |path| quote!(#path));
    let decode = quote_spanned!(ty.span()=> #home::__private::decode::<#ty>);
    let methods = interfaces
        .iter()
        .map(|path| quote_spanned!(path.span()=> <dyn #path as #home::Interface>::METHODS));
    let checks = checks(object);
    let constant = object.constant;
    quote! {
        static __KIND: #home::Kind = #home::Kind {
            name: #name,
            version: #version,
            methods: &[#(#methods),*],
            continuations: #continuations,
            decode: #decode,
            construct: #construct,
            constant: #constant,
            upgrades: #upgrades,
        };
        #checks
    }
}

/// What shows only when all parts of a kind are there. The assertion stands in the program, so that
/// the compiler points there and at nothing of ours.
fn checks(object: &Object) -> TokenStream {
    let Object { home, interfaces, upgrades, .. } = object;
    let methods = interfaces.get(1).map(|second| {
        let clash = "two interfaces of this object have a method of the same name, or both take \
                     the messages that name no method";
        quote_spanned! {second.span()=>
            const _: () = ::core::assert!(
                #home::__private::methods_are_distinct(&__KIND), #clash
            );
        }
    });
    let upgrades = upgrades.as_ref().map(|path| {
        let gap = "upgrades go up one version each, in ascending order, and end at the kind's";
        quote_spanned! {path.span()=>
            const _: () = ::core::assert!(#home::__private::upgrades_lead_up(&__KIND), #gap);
        }
    });
    let constant = object.constant.then(|| {
        let changes = "a constant's methods take `&self`: it can be read by whoever holds it";
        quote_spanned! {object.name.span()=>
            const _: () = ::core::assert!(#home::__private::never_changes(&__KIND), #changes);
        }
    });
    quote!(#methods #upgrades #constant)
}

fn traits(object: &Object) -> TokenStream {
    let Object { home, ty, interfaces, .. } = object;
    let main = interfaces.first();
    let call = call(object);
    let near = near(object);
    let resume = resume(object);
    let encode = quote_spanned!(ty.span()=> #home::__private::encode_state(self));
    quote! {
        #(#[automatically_derived] impl #home::Implements<dyn #interfaces> for #ty {})*

        #[automatically_derived]
        impl #home::Primary for #ty {
            type Face = dyn #main;
        }

        #[automatically_derived]
        impl #home::Typed for #ty {
            const KIND: &'static #home::Kind = &__KIND;
        }

        #[automatically_derived]
        impl #home::Object for #ty {
            fn kind(&self) -> &'static #home::Kind {
                &__KIND
            }

            #call
            #near
            #resume

            fn encode(&self) -> ::core::result::Result<#home::__private::State, #home::Error> {
                #encode
            }

            fn as_any(&self) -> &dyn ::core::any::Any {
                self
            }
        }
    }
}

/// A message goes to the method it names, of whichever interface, or else to the one that takes
/// messages naming none.
fn call(object: &Object) -> TokenStream {
    let Object { home, interfaces, .. } = object;
    quote! {
        fn call(
            &mut self,
            __cx: &mut #home::Context<'_>,
            __message: #home::Message,
        ) -> ::core::result::Result<#home::Value, #home::Error> {
            #(
                if let ::core::option::Option::Some(__method) = #home::__private::named(
                    <dyn #interfaces as #home::Interface>::METHODS, &__message,
                ) {
                    return <dyn #interfaces as #home::Interface>::dispatch(
                        self, __cx, __method, __message,
                    );
                }
            )*
            #(
                if let ::core::option::Option::Some(__method) = #home::__private::applied(
                    <dyn #interfaces as #home::Interface>::METHODS,
                ) {
                    return <dyn #interfaces as #home::Interface>::dispatch(
                        self, __cx, __method, __message,
                    );
                }
            )*
            ::core::result::Result::Err(
                #home::__private::unknown_method(&__KIND, &__message),
            )
        }
    }
}

fn near(object: &Object) -> TokenStream {
    let Object { home, interfaces, .. } = object;
    quote! {
        fn near(
            &mut self,
            __cx: &mut #home::Context<'_>,
            __call: &mut dyn ::core::any::Any,
        ) -> ::core::result::Result<(), #home::Error> {
            #(
                if let ::core::option::Option::Some(__call) =
                    __call.downcast_mut::<<dyn #interfaces as #home::Interface>::Call>()
                {
                    return <dyn #interfaces as #home::Interface>::run(self, __cx, __call);
                }
            )*
            ::core::result::Result::Err(#home::__private::not_implemented(&__KIND))
        }
    }
}

fn resume(object: &Object) -> TokenStream {
    let home = &object.home;
    let resume = if object.continuations {
        quote! {
            <Self as #home::__private::Continues>::resume(
                self, __cx, __continuation, __captured, __settled,
            )
        }
    } else {
        quote! {
            ::core::result::Result::Err(
                #home::__private::no_continuation(&__KIND, __continuation),
            )
        }
    };
    quote! {
        fn resume(
            &mut self,
            __cx: &mut #home::Context<'_>,
            __continuation: &str,
            __captured: #home::Value,
            __settled: ::core::result::Result<#home::Value, #home::Error>,
        ) -> ::core::result::Result<#home::Value, #home::Error> {
            #resume
        }
    }
}
