//! Functions.

use oxc_ast::ast::*;
use oxc_syntax::scope::ScopeId;

use super::{Checker, Place};
use crate::front::scope::{Id, Kind, Moment};

impl<'a> Checker<'_> {
    pub fn function_declaration(&mut self, f: &Function<'a>) {
        let start = self.tables.scopes[self.scope].start;
        let order =
            f.id.as_ref()
                .and_then(|id| id.symbol_id.get())
                .map_or(0, |binding| self.tables.bindings[binding.index()].ready.1);
        // It is made when its block is entered, one after the other: itself it is not ready then,
        // the ones before it are.
        self.function(f, (start, order.saturating_sub(1)));
    }

    pub fn function_expression(&mut self, f: &Function<'a>) {
        let created = (f.span.start, u32::MAX);
        let Some(id) = &f.id else {
            return self.function(f, created);
        };
        self.within_scope(f.span.start, |c| {
            c.declare_binding(id, Kind::FunctionName, (f.span.end, 0));
            c.function(f, created);
        });
    }

    pub fn arrow(&mut self, f: &ArrowFunctionExpression<'a>) {
        if f.type_parameters.is_some() || f.return_type.is_some() {
            self.reject(f.span.start, "TypeScript is not in the language", "leave the types away");
        }
        let created = (f.span.start, u32::MAX);
        let function = self.within_function(created, f.r#async, |c| {
            c.parameters_and_body(&f.params, &f.body);
        });
        f.scope_id.set(Some(ScopeId::from_usize(function)));
    }

    pub fn function(&mut self, f: &Function<'a>, created: Moment) {
        let start = f.span.start;
        if f.generator {
            self.reject(
                start,
                "generators are not in the language",
                "build an array, or call a function for each element",
            );
        }
        if f.return_type.is_some() || f.type_parameters.is_some() || f.this_param.is_some() {
            self.reject(start, "TypeScript is not in the language", "leave the types away");
        }
        let Some(body) = &f.body else {
            self.reject(start, "this function has no body", "give it one in braces");
            return;
        };
        let function = self.within_function(created, f.r#async, |c| {
            c.parameters_and_body(&f.params, body);
        });
        f.scope_id.set(Some(ScopeId::from_usize(function)));
    }

    fn within_function(
        &mut self,
        created: Moment,
        is_async: bool,
        body: impl FnOnce(&mut Self),
    ) -> Id {
        let function = self.tables.add_function(Some(self.function), created);
        let outer = std::mem::replace(&mut self.function, function);
        let place = std::mem::replace(&mut self.place, Place { is_async, ..Place::default() });
        body(self);
        self.place = place;
        self.function = outer;
        function
    }

    fn parameters_and_body(&mut self, parameters: &FormalParameters<'a>, body: &FunctionBody<'a>) {
        self.within_scope(parameters.span.start, |c| {
            c.place.in_parameters = true;
            c.parameters(parameters);
            c.place.in_parameters = false;
            let simple = parameters.rest.is_none()
                && parameters.items.iter().all(|p| p.pattern.kind.is_binding_identifier());
            let strict = body.directives.iter().find(|d| d.directive == "use strict");
            if let (false, Some(directive)) = (simple, strict) {
                c.reject(
                    directive.span.start,
                    "`use strict` cannot stand in a function with such parameters",
                    "leave it away: modules are strict",
                );
            }
            for directive in &body.directives {
                c.string(&directive.expression);
            }
            let parameters = c.scope;
            let body = c.within_scope(body.span.start, |c| {
                c.statements(&body.statements);
                c.reject_shadows(parameters);
            });
            c.tables.functions[c.function].body = body;
        });
    }

    fn parameters(&mut self, parameters: &FormalParameters<'a>) {
        for parameter in &parameters.items {
            if let Some(decorator) = parameter.decorators.first() {
                self.reject(
                    decorator.span.start,
                    "decorators are not in the language",
                    "call a function instead",
                );
            }
            let ready = (parameter.span.end, 0);
            self.declare_pattern(&parameter.pattern, &Kind::Parameter, ready);
        }
        if let Some(rest) = &parameters.rest {
            self.declare_pattern(&rest.argument, &Kind::Parameter, (rest.span.end, 0));
        }
        for parameter in &parameters.items {
            self.pattern(&parameter.pattern);
        }
        if let Some(rest) = &parameters.rest {
            self.pattern(&rest.argument);
        }
    }
}
