//! `#[continuations]`: methods that a settled promise resumes.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{
    Attribute, Error, FnArg, Ident, ImplItem, ImplItemFn, ItemImpl, LitStr, Receiver, Result, Type,
    Visibility,
};

use crate::Home;
use crate::keys::{self, Errors};
use crate::types::{self, place};

struct Continuation {
    ident: Ident,
    /// Where the method's body went; its own name becomes the constant.
    hidden: Ident,
    /// The name under which waiting deliveries know it.
    name: LitStr,
    vis: Visibility,
    /// The `T` of the settled `Result<T>`.
    settled: Type,
    captured: Vec<(Ident, Type)>,
    answer: Type,
    docs: Vec<Attribute>,
}

/// The macro.
pub fn expand(home: Home, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let Ok(mut implementation) = syn::parse2::<ItemImpl>(item.clone()) else {
        let span = item.clone().into_iter().next().map_or_else(Span::call_site, |t| t.span());
        let message = "`continuations` goes on an impl: `#[continuations] impl Shop { … }`";
        let error = Error::new(span, message).into_compile_error();
        return quote!(#item #error);
    };
    match read(home, arguments, &mut implementation) {
        Ok((home, continuations)) => {
            let generated = generate(&home, &implementation.self_ty, &continuations);
            let constants = continuations.iter().map(|each| constant(&home, each));
            for constant in constants {
                implementation.items.push(ImplItem::Verbatim(constant));
            }
            quote!(#implementation #generated)
        }
        Err(error) => {
            let error = error.into_compile_error();
            quote!(#implementation #error)
        }
    }
}

/// Takes the continuations' attributes off and moves their bodies to hidden names.
fn read(
    home: Home,
    arguments: TokenStream,
    item: &mut ItemImpl,
) -> Result<(TokenStream, Vec<Continuation>)> {
    let mut errors = Errors::default();
    let mut crate_key = None;
    for key in errors.keep(keys::parse(arguments)).unwrap_or_default() {
        match keys::name(&key).as_str() {
            "crate" => crate_key = Some(key),
            _ => errors.push(keys::unknown(&key, "continuations", "`crate = \"…\"`")),
        }
    }
    let home = errors.keep(keys::crate_path(crate_key.as_ref(), home)).unwrap_or_default();
    if let Some((_, path, _)) = &item.trait_ {
        errors.at(path, "`continuations` goes on the type's own impl, not on a trait's");
    }
    if !item.generics.params.is_empty() {
        errors.at(&item.generics, "an object cannot be generic");
    }
    let mut found: Vec<Continuation> = Vec::new();
    for member in &mut item.items {
        let ImplItem::Fn(method) = member else { continue };
        let marks = |attribute: &Attribute| attribute.path().is_ident("continuation");
        let Some(attribute) = method.attrs.iter().find(|a| marks(a)).cloned() else { continue };
        method.attrs.retain(|attribute| !marks(attribute));
        let name = errors.keep(continuation_name(&attribute, &method.sig.ident));
        if let (Some(name), Some(each)) = (name, read_method(method, &mut errors)) {
            if let Some(other) = found.iter().find(|other| other.name.value() == name.value()) {
                let message =
                    format!("`{}` already has the name \"{}\"", other.ident, name.value());
                errors.at(&name, message);
            }
            found.push(Continuation { name, ..each });
        }
    }
    if found.is_empty() && item.trait_.is_none() {
        errors.at(
            &item.self_ty,
            "no method here is marked `#[continuation]`; mark one or take `continuations` off",
        );
    }
    errors.finish()?;
    for member in &mut item.items {
        let ImplItem::Fn(method) = member else { continue };
        let Some(each) = found.iter().find(|each| each.ident == method.sig.ident) else { continue };
        method.sig.ident = each.hidden.clone();
        method.attrs.push(syn::parse_quote!(#[doc(hidden)]));
    }
    Ok((home, found))
}

fn continuation_name(attribute: &Attribute, ident: &Ident) -> Result<LitStr> {
    let mut name = LitStr::new(&ident.unraw().to_string(), ident.span());
    if let syn::Meta::List(list) = &attribute.meta {
        for key in keys::parse(list.tokens.clone())? {
            match keys::name(&key).as_str() {
                "name" => name = keys::text(&key)?,
                _ => return Err(keys::unknown(&key, "continuation", "`name = \"…\"`")),
            }
        }
    }
    Ok(name)
}

fn read_method(method: &ImplItemFn, errors: &mut Errors) -> Option<Continuation> {
    let signature = &method.sig;
    types::check_signature(signature, errors);
    let mut inputs = signature.inputs.iter();
    let receiver = inputs.next();
    if !matches!(
        receiver,
        Some(FnArg::Receiver(Receiver {
            reference: Some(_),
            colon_token: None,
            mutability: Some(_),
            ..
        }))
    ) {
        errors.at(place(receiver, signature), "a continuation takes `&mut self`");
        return None;
    }
    let context = inputs.next();
    if !context.is_some_and(types::is_context) {
        errors.at(
            place(context, signature),
            "the second parameter of a continuation is `cx: &mut Context<'_>`",
        );
        return None;
    }
    let settled = inputs.next();
    let settled_type = match settled {
        Some(FnArg::Typed(argument)) => types::argument_of(&argument.ty, "Result").cloned(),
        _ => None,
    };
    let Some(settled_type) = settled_type else {
        errors.at(
            place(settled, signature),
            "the third parameter of a continuation is what was awaited, as a `Result<…>`: \
             a promise may break",
        );
        return None;
    };
    let captured = inputs
        .filter_map(|argument| {
            let FnArg::Typed(argument) = argument else { return None };
            let ident = errors.keep(types::parameter_name(&argument.pat))?;
            errors.keep(types::check_carried(&argument.ty))?;
            Some((ident, (*argument.ty).clone()))
        })
        .collect();
    let answer = errors.keep(types::answer(signature))?;
    let ident = signature.ident.clone();
    Some(Continuation {
        hidden: format_ident!("__continuation_{}", ident.unraw(), span = ident.span()),
        name: LitStr::new("", ident.span()),
        vis: method.vis.clone(),
        settled: settled_type,
        captured,
        answer,
        docs: method.attrs.iter().filter(|a| a.path().is_ident("doc")).cloned().collect(),
        ident,
    })
}

/// `const on_paid: Continuation<…>`, which stands where the method's name stood.
fn constant(home: &TokenStream, continuation: &Continuation) -> TokenStream {
    let Continuation { ident, vis, settled, name, docs, .. } = continuation;
    let captured = captured_type(continuation);
    let answer = types::promised(&continuation.answer);
    quote! {
        #(#docs)*
        #[allow(non_upper_case_globals)]
        #vis const #ident: #home::Continuation<Self, #settled, #captured, #answer> =
            #home::__private::continuation(#name);
    }
}

/// Nothing captured is `()`, one value is itself, several are a tuple.
fn captured_type(continuation: &Continuation) -> TokenStream {
    let types = continuation.captured.iter().map(|(_, ty)| ty);
    match continuation.captured.as_slice() {
        [(_, one)] => quote!(#one),
        _ => quote!((#(#types),*)),
    }
}

fn generate(home: &TokenStream, ty: &Type, continuations: &[Continuation]) -> TokenStream {
    let names = continuations.iter().map(|each| &each.name);
    let arms = continuations.iter().map(|each| {
        let Continuation { name, hidden, settled, answer, .. } = each;
        let locals: Vec<_> =
            (0..each.captured.len()).map(|place| format_ident!("__captured_{place}")).collect();
        let captured = captured_type(each);
        let pattern = match locals.as_slice() {
            [one] => quote!(#one),
            _ => quote!((#(#locals),*)),
        };
        let settle = quote_spanned!(settled.span()=> #home::__private::settled::<#settled>);
        let give = quote_spanned!(answer.span()=> #home::__private::give::<#answer>);
        quote! {
            #name => {
                let #pattern = #home::__private::captured::<#captured>(__name, __captured)?;
                let __settled = #settle(__name, __settled);
                #give(self.#hidden(__cx, __settled #(, #locals)*)?)
            }
        }
    });
    let forgotten = "this type has continuations; say so where it becomes an object: \
                     #[object(…, continuations)]";
    let check = quote_spanned! {ty.span()=>
        const _: () = ::core::assert!(
            #home::__private::has_continuations(<#ty as #home::Typed>::KIND),
            #forgotten
        );
    };
    quote! {
        #[allow(unused, clippy::all)]
        const _: () = {
            #[automatically_derived]
            impl #home::__private::Continues for #ty {
                const NAMES: &'static [&'static str] = &[#(#names),*];

                fn resume(
                    &mut self,
                    __cx: &mut #home::Context<'_>,
                    __name: &str,
                    __captured: #home::Value,
                    __settled: ::core::result::Result<#home::Value, #home::Error>,
                ) -> ::core::result::Result<#home::Value, #home::Error> {
                    match __name {
                        #(#arms)*
                        _ => ::core::result::Result::Err(#home::__private::no_continuation(
                            <#ty as #home::Typed>::KIND, __name,
                        )),
                    }
                }
            }
            #check
        };
    }
}
