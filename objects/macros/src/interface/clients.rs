//! The side of an interface that faces callers: one small struct for each way to call.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use super::{Interface, Method, Takes};
use crate::types;

/// The four clients. Their fields are set by the functions of `Interface` only.
pub fn clients(interface: &Interface) -> TokenStream {
    let Interface { home, item, .. } = interface;
    let vis = &item.vis;
    let near = interface
        .methods
        .iter()
        .enumerate()
        .map(|(place, method)| near_method(interface, place, method));
    let sending = interface.methods.iter().map(|method| send_method(interface, method));
    let telling = interface.methods.iter().map(|method| tell_method(interface, method));
    let asking = interface.methods.iter().map(|method| ask_method(interface, method));
    let target = quote!(target: #home::__private::Ref);
    let turn = quote!(turn: &'a mut dyn #home::__private::Turn);
    quote! {
        #[doc = "Near calls: run now, within this turn."]
        #vis struct __Near<'a> { #turn, #target }

        #[doc = "Sends: run after the turn, and promise an answer."]
        #vis struct __Sending<'a> { #turn, #target }

        #[doc = "Sends without an answer."]
        #vis struct __Telling<'a> { #turn, #target }

        #[doc = "Calls from outside a vat."]
        #vis struct __Asking<'a> { ask: &'a dyn #home::Ask }

        impl __Near<'_> { #(#near)* }
        impl __Sending<'_> { #(#sending)* }
        impl __Telling<'_> { #(#telling)* }
        impl __Asking<'_> { #(#asking)* }
    }
}

fn near_method(interface: &Interface, place: usize, method: &Method) -> TokenStream {
    let Interface { home, item, .. } = interface;
    let Method { ident, answer, docs, .. } = method;
    let vis = &item.vis;
    let place = Literal::usize_unsuffixed(place);
    let (params, names) = params(method);
    if method.takes == Takes::Any {
        return quote! {
            #(#docs)*
            #vis fn #ident(&mut self #params) -> ::core::result::Result<#answer, #home::Error> {
                #home::__private::near_any::<#answer>(self.turn, self.target #(, #names)*)
            }
        };
    }
    quote! {
        #(#docs)*
        #vis fn #ident(&mut self #params) -> ::core::result::Result<#answer, #home::Error> {
            let mut __call = __Call::#ident(
                ::core::option::Option::Some((#(#names,)*)),
                ::core::option::Option::None,
            );
            self.turn.near(self.target, &__METHODS[#place], &mut __call)?;
            match __call {
                __Call::#ident(_, ::core::option::Option::Some(answer)) => {
                    ::core::result::Result::Ok(answer)
                }
                _ => ::core::result::Result::Err(
                    #home::__private::no_answer(&__METHODS[#place]),
                ),
            }
        }
    }
}

fn send_method(interface: &Interface, method: &Method) -> TokenStream {
    let Interface { home, item, .. } = interface;
    let Method { ident, docs, .. } = method;
    let vis = &item.vis;
    let promised = types::promised(&method.answer);
    let (params, _) = params(method);
    let message = message(interface, method);
    quote! {
        #(#docs)*
        #vis fn #ident(
            &mut self #params
        ) -> ::core::result::Result<#home::Promise<#promised>, #home::Error> {
            let __message = #message?;
            #home::__private::send(self.turn, self.target, __message)
        }
    }
}

fn tell_method(interface: &Interface, method: &Method) -> TokenStream {
    let Interface { home, item, .. } = interface;
    let Method { ident, docs, .. } = method;
    let vis = &item.vis;
    let (params, _) = params(method);
    let message = message(interface, method);
    quote! {
        #(#docs)*
        #vis fn #ident(&mut self #params) -> ::core::result::Result<(), #home::Error> {
            let __message = #message?;
            self.turn.tell(self.target, __message)
        }
    }
}

fn ask_method(interface: &Interface, method: &Method) -> TokenStream {
    let Interface { home, item, .. } = interface;
    let Method { ident, docs, .. } = method;
    let vis = &item.vis;
    let promised = types::promised(&method.answer);
    let (params, _) = params(method);
    let message = message(interface, method);
    quote! {
        #(#docs)*
        #vis fn #ident(&self #params) -> #home::Answer<#promised> {
            #home::Answer::ask(self.ask, #message)
        }
    }
}

/// The parameters with a comma before each, and their names.
fn params(method: &Method) -> (TokenStream, Vec<&Ident>) {
    let names: Vec<_> = method.params.iter().map(|param| &param.ident).collect();
    let types = method.params.iter().map(|param| &param.ty);
    (quote!(#(, #names: #types)*), names)
}

/// An expression that encodes the arguments: `Result<Message>`. It captures nothing but them.
fn message(interface: &Interface, method: &Method) -> TokenStream {
    let home = &interface.home;
    if method.takes == Takes::Any {
        let names = method.params.iter().map(|param| &param.ident);
        return quote!(::core::result::Result::<#home::Message, #home::Error>::Ok(#(#names)*));
    }
    let values = format_ident!("__values");
    let pushes = method.params.iter().map(|param| {
        let name = &param.ident;
        let each = quote_spanned! {param.ty.span()=> #home::__private::encode };
        if param.rest {
            quote! {
                for __value in #name {
                    #values.push(#each(__value)?);
                }
            }
        } else {
            quote!(#values.push(#each(#name)?);)
        }
    });
    let wire = &method.wire;
    let head = if method.takes == Takes::Apply {
        quote!(#home::__private::applying())
    } else {
        let count = Literal::usize_unsuffixed(method.params.len());
        quote!(#home::__private::naming(#wire, #count))
    };
    quote! {
        (move || -> ::core::result::Result<#home::Message, #home::Error> {
            let mut #values = #head;
            #(#pushes)*
            ::core::result::Result::Ok(#home::Message::apply(#values))
        })()
    }
}
