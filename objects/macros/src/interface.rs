//! `#[interface]`: a trait in, the trait and its typed calls out.

mod calls;
mod clients;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{
    Attribute, Error, FnArg, Ident, ItemTrait, LitStr, Meta, Receiver, Result, TraitItem,
    TraitItemFn, Type,
};

use crate::Home;
use crate::keys::{self, Errors};
use crate::types::{self, place};

/// What the generated code is made from.
struct Interface {
    /// The path of the crate that generated code refers to.
    home: TokenStream,
    /// The trait without the attributes that only we read.
    item: ItemTrait,
    methods: Vec<Method>,
}

struct Method {
    ident: Ident,
    /// The name on the wire, and where it was written.
    wire: LitStr,
    takes: Takes,
    mutates: bool,
    params: Vec<Param>,
    /// The `T` of the returned `Result<T>`.
    answer: Type,
    docs: Vec<Attribute>,
}

/// Which messages a method takes, as `hogshead::Takes`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Named,
    Apply,
    Any,
}

struct Param {
    ident: Ident,
    ty: Type,
    /// Takes all arguments that are left, as a list.
    rest: bool,
}

/// The macro.
pub fn expand(home: Home, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let item: ItemTrait = match syn::parse2(item.clone()) {
        Ok(item) => item,
        Err(_) => {
            let message = "`interface` goes on a trait: `#[interface] pub trait Counter { … }`";
            let error = Error::new(item_span(&item), message).into_compile_error();
            return quote!(#item #error);
        }
    };
    let kept = stripped(item.clone());
    match read(home, arguments, item) {
        Ok(interface) => {
            let generated = generate(&interface);
            quote!(#kept #generated)
        }
        Err(error) => {
            let error = error.into_compile_error();
            quote!(#kept #error)
        }
    }
}

fn item_span(item: &TokenStream) -> proc_macro2::Span {
    item.clone().into_iter().next().map_or_else(proc_macro2::Span::call_site, |token| token.span())
}

/// The trait as the compiler shall see it.
fn stripped(mut item: ItemTrait) -> ItemTrait {
    for method in item.items.iter_mut() {
        let TraitItem::Fn(method) = method else { continue };
        method.attrs.retain(|attribute| !attribute.path().is_ident("method"));
        for argument in method.sig.inputs.iter_mut() {
            if let FnArg::Typed(argument) = argument {
                argument.attrs.retain(|attribute| !attribute.path().is_ident("rest"));
            }
        }
    }
    item
}

fn read(home: Home, arguments: TokenStream, item: ItemTrait) -> Result<Interface> {
    let mut errors = Errors::default();
    let mut crate_key = None;
    for key in errors.keep(keys::parse(arguments)).unwrap_or_default() {
        match keys::name(&key).as_str() {
            "crate" => crate_key = Some(key),
            _ => errors.push(keys::unknown(&key, "interface", "`crate = \"…\"`")),
        }
    }
    let home = errors.keep(keys::crate_path(crate_key.as_ref(), home));
    check_trait(&item, &mut errors);
    let mut methods = Vec::new();
    for member in &item.items {
        match member {
            TraitItem::Fn(method) => methods.extend(read_method(method, &mut errors)),
            other => errors.at(other, "an interface has methods and nothing else"),
        }
    }
    check_names(&methods, &mut errors);
    errors.finish()?;
    Ok(Interface { home: home.unwrap_or_default(), item: stripped(item), methods })
}

fn check_trait(item: &ItemTrait, errors: &mut Errors) {
    if !item.generics.params.is_empty() {
        errors.at(
            &item.generics.params,
            "an interface cannot be generic, since messages carry no types: take a `Value`, or \
             write an interface for each type",
        );
    }
    if !item.supertraits.is_empty() {
        errors.at(
            &item.supertraits,
            "an interface stands alone; an object that has several lists them: \
             `#[object(name = \"…\", interfaces(Other))]`",
        );
    }
    if let Some(unsafety) = &item.unsafety {
        errors.at(unsafety, "an interface cannot be `unsafe`");
    }
}

/// Two methods of one name on the wire could not be told apart.
fn check_names(methods: &[Method], errors: &mut Errors) {
    for (place, method) in methods.iter().enumerate() {
        let Some(earlier) = methods.iter().take(place).find(|earlier| {
            earlier.wire.value() == method.wire.value() || both_take_others(earlier, method)
        }) else {
            continue;
        };
        let message = if both_take_others(earlier, method) {
            format!("`{}` already takes the messages that name no method", earlier.ident)
        } else {
            format!("`{}` already has the name \"{}\"", earlier.ident, earlier.wire.value())
        };
        errors.at(&method.wire, message);
    }
}

fn both_take_others(earlier: &Method, method: &Method) -> bool {
    earlier.takes != Takes::Named && method.takes != Takes::Named
}

fn read_method(method: &TraitItemFn, errors: &mut Errors) -> Option<Method> {
    let signature = &method.sig;
    types::check_signature(signature, errors);
    let (wire, takes) = read_method_keys(method, errors);
    let mut inputs = signature.inputs.iter();
    let mutates = match inputs.next() {
        Some(FnArg::Receiver(Receiver {
            reference: Some(_),
            colon_token: None,
            mutability,
            ..
        })) => mutability.is_some(),
        other => {
            errors.at(
                place(other, signature),
                "a method takes `&self` if it only reads or `&mut self` if it changes the object",
            );
            return None;
        }
    };
    let context = inputs.next();
    if !context.is_some_and(types::is_context) {
        errors.at(
            place(context, signature),
            "the second parameter of a method is `cx: &mut Context<'_>`",
        );
        return None;
    }
    let params: Vec<_> = inputs.filter_map(|argument| read_param(argument, errors)).collect();
    if let Some(param) = params.iter().rev().skip(1).find(|param| param.rest) {
        errors.at(&param.ident, "only the last parameter can be `#[rest]`");
    }
    if takes == Takes::Any {
        check_any(&params, signature, errors);
    }
    let answer = errors.keep(types::answer(signature))?;
    let docs = method.attrs.iter().filter(|a| a.path().is_ident("doc")).cloned().collect();
    let ident = signature.ident.clone();
    Some(Method { ident, wire, takes, mutates, params, answer, docs })
}

/// A method for any message takes it whole.
fn check_any(params: &[Param], signature: &syn::Signature, errors: &mut Errors) {
    let wanted = "a method marked `any` takes the message as it came and nothing else: \
                  `message: Message`";
    match params {
        [param] if !param.rest && types::is_named(&param.ty, "Message") => {}
        [param] => errors.at(&param.ty, wanted),
        [_, second, ..] => errors.at(&second.ident, wanted),
        [] => errors.at(&signature.ident, wanted),
    }
}

fn read_param(argument: &FnArg, errors: &mut Errors) -> Option<Param> {
    let FnArg::Typed(argument) = argument else { return None };
    let ident = errors.keep(types::parameter_name(&argument.pat))?;
    errors.keep(types::check_carried(&argument.ty))?;
    let rest = argument.attrs.iter().any(|attribute| attribute.path().is_ident("rest"));
    if rest && types::argument_of(&argument.ty, "Vec").is_none() {
        errors.at(&argument.ty, "a `#[rest]` parameter is a `Vec<…>`");
    }
    Some(Param { ident, ty: (*argument.ty).clone(), rest })
}

/// The name on the wire, and which messages the method takes.
fn read_method_keys(method: &TraitItemFn, errors: &mut Errors) -> (LitStr, Takes) {
    let ident = &method.sig.ident;
    let mut wire = LitStr::new(&ident.unraw().to_string(), ident.span());
    let mut takes = Takes::Named;
    for attribute in &method.attrs {
        if attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr") {
            errors.at(attribute, "an interface is the same in every build");
        }
        if !attribute.path().is_ident("method") {
            continue;
        }
        let Some(list) = errors.keep(attribute.meta.require_list()) else { continue };
        for key in errors.keep(keys::parse(list.tokens.clone())).unwrap_or_default() {
            match keys::name(&key).as_str() {
                "name" => wire = errors.keep(wire_name(&key)).unwrap_or(wire),
                "apply" | "any" if takes != Takes::Named => {
                    errors.at(&key, "a method is marked `apply` or `any`, once");
                }
                "apply" => takes = errors.keep(keys::flag(&key)).map_or(takes, |()| Takes::Apply),
                "any" => takes = errors.keep(keys::flag(&key)).map_or(takes, |()| Takes::Any),
                _ => {
                    let known = "`name = \"…\"`, `apply` and `any`";
                    errors.push(keys::unknown(&key, "method", known));
                }
            }
        }
    }
    (wire, takes)
}

fn wire_name(key: &Meta) -> Result<LitStr> {
    let name = keys::text(key)?;
    if name.value().is_empty() {
        return Err(Error::new_spanned(&name, "a method needs a name"));
    }
    Ok(name)
}

/// Everything beside the trait. It stands in an unnamed constant, so that the clients bring no
/// names into the program, and can be used also for traits within functions.
fn generate(interface: &Interface) -> TokenStream {
    let Interface { home, item, .. } = interface;
    let name = &item.ident;
    let text = name.unraw().to_string();
    let infos = interface.methods.iter().map(|method| method_info(interface, method));
    let count = Literal::usize_unsuffixed(interface.methods.len());
    let call = calls::call_type(interface);
    let dispatch = calls::dispatch(interface);
    let run = calls::run(interface);
    let clients = clients::clients(interface);
    quote! {
        #[allow(non_camel_case_types, unused, clippy::all)]
        const _: () = {
            static __METHODS: [#home::MethodInfo; #count] = [#(#infos),*];
            #call
            #clients

            #[automatically_derived]
            impl #home::Interface for dyn #name {
                const NAME: &'static str = #text;
                const METHODS: &'static [#home::MethodInfo] = &__METHODS;
                type Near<'a> = __Near<'a>;
                type Sending<'a> = __Sending<'a>;
                type Telling<'a> = __Telling<'a>;
                type Asking<'a> = __Asking<'a>;
                type Call = __Call;

                fn near<'a>(
                    turn: &'a mut dyn #home::__private::Turn,
                    target: #home::__private::Ref,
                ) -> __Near<'a> {
                    __Near { turn, target }
                }

                fn sending<'a>(
                    turn: &'a mut dyn #home::__private::Turn,
                    target: #home::__private::Ref,
                ) -> __Sending<'a> {
                    __Sending { turn, target }
                }

                fn telling<'a>(
                    turn: &'a mut dyn #home::__private::Turn,
                    target: #home::__private::Ref,
                ) -> __Telling<'a> {
                    __Telling { turn, target }
                }

                fn asking<'a>(ask: &'a dyn #home::Ask) -> __Asking<'a> {
                    __Asking { ask }
                }

                #dispatch
                #run
            }
        };
    }
}

fn method_info(interface: &Interface, method: &Method) -> TokenStream {
    let home = &interface.home;
    let Method { wire, mutates, .. } = method;
    let takes = match method.takes {
        Takes::Named => quote!(Named),
        Takes::Apply => quote!(Apply),
        Takes::Any => quote!(Any),
    };
    let interface = interface.item.ident.unraw().to_string();
    let params = method.params.iter().map(|param| {
        let name = param.ident.unraw().to_string();
        let dots = if param.rest { "…" } else { "" };
        let ty = format!("{}{dots}", types::written(&param.ty));
        quote!((#name, #ty))
    });
    quote! {
        #home::MethodInfo {
            name: #wire,
            interface: #interface,
            params: &[#(#params),*],
            mutates: #mutates,
            takes: #home::__private::Takes::#takes,
        }
    }
}
