//! The side of an interface that faces the object: calls that arrive.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use super::{Interface, Method, Takes};

/// The enum that carries a near call: arguments in, answer out, nothing encoded.
pub fn call_type(interface: &Interface) -> TokenStream {
    let variants = near(interface).map(|(_, method)| {
        let Method { ident, answer, .. } = method;
        let types = method.params.iter().map(|param| &param.ty);
        quote! {
            #ident(::core::option::Option<(#(#types,)*)>, ::core::option::Option<#answer>)
        }
    });
    let vis = &interface.item.vis;
    quote! {
        #vis enum __Call { #(#variants),* }
    }
}

/// The methods that are called near by their own name. One for any message is called near with
/// the message, so that the facet is asked for its name.
fn near(interface: &Interface) -> impl Iterator<Item = (usize, &Method)> {
    interface.methods.iter().enumerate().filter(|(_, method)| method.takes != Takes::Any)
}

/// Runs a call that came as a message.
pub fn dispatch(interface: &Interface) -> TokenStream {
    let Interface { home, item, .. } = interface;
    let name = &item.ident;
    let arms = interface.methods.iter().enumerate().map(|(place, method)| {
        let place = Literal::usize_unsuffixed(place);
        let locals = locals(method);
        let ident = &method.ident;
        let rest = method.params.last().is_some_and(|param| param.rest);
        let takes = method.params.iter().zip(&locals).map(|(param, local)| {
            let ty = &param.ty;
            if param.rest {
                quote_spanned!(ty.span()=> let #local: #ty = __arguments.rest()?;)
            } else {
                quote_spanned!(ty.span()=> let #local = __arguments.take::<#ty>()?;)
            }
        });
        let answer = &method.answer;
        let give = quote_spanned! {answer.span()=>
            #home::__private::give::<#answer>
        };
        if method.takes == Takes::Any {
            return quote!(#place => #give(<Self as #name>::#ident(self, __cx, __message)?),);
        }
        quote! {
            #place => {
                let mut __arguments =
                    #home::__private::Arguments::new(&__METHODS[#place], __message, #rest)?;
                #(#takes)*
                #give(<Self as #name>::#ident(self, __cx #(, #locals)*)?)
            }
        }
    });
    quote! {
        fn dispatch(
            &mut self,
            __cx: &mut #home::Context<'_>,
            __method: usize,
            __message: #home::Message,
        ) -> ::core::result::Result<#home::Value, #home::Error> {
            match __method {
                #(#arms)*
                _ => ::core::result::Result::Err(#home::__private::no_method(
                    <Self as #home::Interface>::NAME,
                )),
            }
        }
    }
}

/// Runs a near call.
pub fn run(interface: &Interface) -> TokenStream {
    let Interface { home, item, .. } = interface;
    let name = &item.ident;
    let arms = near(interface).map(|(place, method)| {
        let place = Literal::usize_unsuffixed(place);
        let locals = locals(method);
        let ident = &method.ident;
        quote! {
            __Call::#ident(ref mut __arguments, ref mut __answer) => {
                let (#(#locals,)*) = __arguments
                    .take()
                    .ok_or_else(|| #home::__private::call_used_up(&__METHODS[#place]))?;
                *__answer = ::core::option::Option::Some(
                    <Self as #name>::#ident(self, __cx #(, #locals)*)?,
                );
                ::core::result::Result::Ok(())
            }
        }
    });
    quote! {
        fn run(
            &mut self,
            __cx: &mut #home::Context<'_>,
            __call: &mut __Call,
        ) -> ::core::result::Result<(), #home::Error> {
            match *__call {
                #(#arms)*
            }
        }
    }
}

fn locals(method: &Method) -> Vec<Ident> {
    (0..method.params.len()).map(|place| format_ident!("__argument_{place}")).collect()
}
