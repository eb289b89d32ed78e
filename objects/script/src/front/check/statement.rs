//! Statements and declarations.

use oxc_ast::ast::*;
use oxc_span::GetSpan;
use oxc_syntax::scope::ScopeId;
use oxc_syntax::symbol::SymbolId;

use super::Checker;
use super::pattern::names;
use crate::front::scope::{Kind, Moment};

const BLOCK_HINT: &str = "put it in braces";

impl<'a> Checker<'_> {
    /// The statements of a block or body whose scope has been entered.
    pub fn statements(&mut self, statements: &[Statement<'a>]) {
        self.declare_all(statements);
        for statement in statements {
            self.statement(statement);
        }
    }

    /// Declares what the statements of a block declare in its scope.
    pub fn declare_all<'b>(&mut self, statements: impl IntoIterator<Item = &'b Statement<'a>>)
    where
        'a: 'b,
    {
        let start = self.tables.scopes[self.scope].start;
        let mut order = 0;
        for statement in statements {
            let (declaration, function) = match statement {
                Statement::VariableDeclaration(d) => (Some(&**d), None),
                Statement::FunctionDeclaration(f) => (None, Some(&**f)),
                Statement::ExportNamedDeclaration(export) => match &export.declaration {
                    Some(Declaration::VariableDeclaration(d)) => (Some(&**d), None),
                    Some(Declaration::FunctionDeclaration(f)) => (None, Some(&**f)),
                    _ => (None, None),
                },
                Statement::ExportDefaultDeclaration(export) => match &export.declaration {
                    ExportDefaultDeclarationKind::FunctionDeclaration(f) => (None, Some(&**f)),
                    _ => (None, None),
                },
                _ => (None, None),
            };
            if let Some(declaration) = declaration {
                self.declare_variables(declaration, None);
            }
            if let Some(id) = function.and_then(|f| f.id.as_ref()) {
                order += 1;
                self.declare_binding(id, Kind::Function, (start, order));
            }
        }
    }

    /// Declares the names of `let` or `const`. `ready`: not after each declarator, but then.
    pub fn declare_variables(
        &mut self,
        declaration: &VariableDeclaration<'a>,
        ready: Option<Moment>,
    ) {
        let kind = match declaration.kind {
            VariableDeclarationKind::Const => Kind::Const,
            _ => Kind::Let,
        };
        for declarator in &declaration.declarations {
            let ready = ready.unwrap_or((declarator.span.end, 0));
            self.declare_pattern(&declarator.id, &kind, ready);
        }
    }

    /// Declares the names of a pattern.
    pub fn declare_pattern(&mut self, pattern: &BindingPattern<'a>, kind: &Kind, ready: Moment) {
        for id in names(pattern) {
            self.declare_binding(id, kind.clone(), ready);
        }
    }

    pub fn declare_binding(&mut self, id: &BindingIdentifier<'a>, kind: Kind, ready: Moment) {
        if let Some(binding) = self.declare(&id.name, id.span.start, kind, ready) {
            id.symbol_id.set(Some(SymbolId::from_usize(binding)));
        }
    }

    pub fn statement(&mut self, statement: &Statement<'a>) {
        match statement {
            Statement::BlockStatement(block) => self.block(block),
            Statement::BreakStatement(s) => self.jump(s.span, s.label.as_ref(), false),
            Statement::ContinueStatement(s) => self.jump(s.span, s.label.as_ref(), true),
            Statement::EmptyStatement(_) => {}
            Statement::ExpressionStatement(s) => self.expression(&s.expression),
            Statement::IfStatement(s) => {
                self.expression(&s.test);
                self.only_statement(&s.consequent);
                if let Some(alternate) = &s.alternate {
                    self.only_statement(alternate);
                }
            }
            Statement::ReturnStatement(s) => {
                if let Some(argument) = &s.argument {
                    self.expression(argument);
                }
            }
            Statement::ThrowStatement(s) => self.expression(&s.argument),
            Statement::LabeledStatement(s) => self.labeled(s),
            Statement::SwitchStatement(s) => self.switch(s),
            Statement::TryStatement(s) => self.try_statement(s),
            Statement::VariableDeclaration(d) => self.variables(d),
            Statement::FunctionDeclaration(f) => self.function_declaration(f),
            match_module_declaration!(Statement) if self.scope != 0 => self.misplaced(statement),
            match_module_declaration!(Statement) => {
                self.module_declaration(statement.to_module_declaration());
            }
            _ => self.loop_or_rejected(statement),
        }
    }

    fn loop_or_rejected(&mut self, statement: &Statement<'a>) {
        let start = statement.span().start;
        match statement {
            Statement::WhileStatement(s) => {
                self.expression(&s.test);
                self.loop_body(&s.body);
            }
            Statement::DoWhileStatement(s) => {
                self.loop_body(&s.body);
                self.expression(&s.test);
            }
            Statement::ForStatement(s) => self.for_statement(s),
            Statement::ForOfStatement(s) => {
                if s.r#await {
                    self.reject(
                        start,
                        "`for await` is not in the language",
                        "await in the body of a `for … of`",
                    );
                }
                let scope = self.for_each(&s.left, &s.right, &s.body);
                s.scope_id.set(Some(scope));
            }
            Statement::ForInStatement(s) => {
                self.reject(
                    start,
                    "`for … in` is not in the language",
                    "write `for (const key of Object.keys(object))`",
                );
                self.for_each(&s.left, &s.right, &s.body);
            }
            Statement::WithStatement(_) => {
                self.reject(start, "`with` is not in the language", "name the object");
            }
            Statement::DebuggerStatement(_) => self.reject(
                start,
                "`debugger` is not in the language",
                "use `console.log`, or step through it from outside",
            ),
            Statement::ClassDeclaration(_) => self.reject_class(start),
            _ => self.reject(start, "TypeScript is not in the language", "leave the types away"),
        }
    }

    pub fn reject_class(&mut self, start: u32) {
        self.reject(start, "`class` is not in the language", "write a function that returns an object of closures: `const make = () => ({ method: () => … })`");
    }

    fn misplaced(&mut self, statement: &Statement<'a>) {
        let start = statement.span().start;
        self.reject(start, "imports and exports stand at the top of a module", "move it out");
    }

    fn block(&mut self, block: &BlockStatement<'a>) {
        let scope = self.within_scope(block.span.start, |c| c.statements(&block.body));
        block.scope_id.set(Some(ScopeId::from_usize(scope)));
    }

    /// A statement where ECMA-262 wants one without declarations.
    fn only_statement(&mut self, statement: &Statement<'a>) {
        let start = statement.span().start;
        match statement {
            Statement::FunctionDeclaration(_) | Statement::VariableDeclaration(_) => {
                self.reject(start, "a declaration cannot stand here by itself", BLOCK_HINT);
            }
            match_module_declaration!(Statement) => self.misplaced(statement),
            _ => self.statement(statement),
        }
    }

    fn loop_body(&mut self, body: &Statement<'a>) {
        self.place.loops += 1;
        self.only_statement(body);
        self.place.loops -= 1;
    }

    fn for_statement(&mut self, s: &ForStatement<'a>) {
        let scope = self.within_scope(s.span.start, |c| {
            match &s.init {
                Some(ForStatementInit::VariableDeclaration(d)) => {
                    c.declare_variables(d, None);
                    c.variables(d);
                }
                Some(init) => c.sequence(init.to_expression()),
                None => {}
            }
            if let Some(test) = &s.test {
                c.sequence(test);
            }
            if let Some(update) = &s.update {
                c.sequence(update);
            }
            c.loop_body(&s.body);
        });
        s.scope_id.set(Some(ScopeId::from_usize(scope)));
    }

    /// The comma operator is for the heads of `for` only.
    fn sequence(&mut self, expression: &Expression<'a>) {
        match expression {
            Expression::SequenceExpression(sequence) => {
                for expression in &sequence.expressions {
                    self.expression(expression);
                }
            }
            expression => self.expression(expression),
        }
    }

    fn for_each(
        &mut self,
        left: &ForStatementLeft<'a>,
        right: &Expression<'a>,
        body: &Statement<'a>,
    ) -> ScopeId {
        let start = left.span().start;
        let scope = self.within_scope(start, |c| {
            match left {
                ForStatementLeft::VariableDeclaration(d) => {
                    if let Some(second) = d.declarations.get(1) {
                        c.reject(
                            second.span.start,
                            "a `for … of` declares one pattern only",
                            "destructure the element: `[a, b]` or `{ a, b }`",
                        );
                    }
                    if let Some(init) = d.declarations.first().and_then(|d| d.init.as_ref()) {
                        c.reject(
                            init.span().start,
                            "a variable of `for … of` has no initializer",
                            "give it a default: `[a = 1]` or `{ a = 1 }`",
                        );
                    }
                    // They are in their temporal dead zone while the right side is evaluated.
                    c.declare_variables(d, Some((body.span().start, 0)));
                    c.variables(d);
                }
                left => c.assignment_target(left.to_assignment_target()),
            }
            c.expression(right);
            c.loop_body(body);
        });
        ScopeId::from_usize(scope)
    }

    pub fn variables(&mut self, declaration: &VariableDeclaration<'a>) {
        let start = declaration.span.start;
        match declaration.kind {
            VariableDeclarationKind::Let | VariableDeclarationKind::Const => {}
            VariableDeclarationKind::Var => {
                self.reject(start, "`var` is not in the language", "use `let` or `const`");
            }
            _ => self.reject(
                start,
                "`using` is not in the language",
                "use `try { … } finally { … }`",
            ),
        }
        for declarator in &declaration.declarations {
            self.pattern(&declarator.id);
            if let Some(init) = &declarator.init {
                self.expression(init);
            }
        }
    }

    fn labeled(&mut self, s: &LabeledStatement<'a>) {
        let name = s.label.name.as_str();
        let start = s.label.span.start;
        if self.place.labels.iter().any(|(label, _)| label == name) {
            self.reject(start, format!("the label `{name}` is there already"), "use another name");
        }
        if let Some((why, hint)) = super::reserved(name).filter(|(why, _)| why.contains("reserved"))
        {
            self.reject(start, format!("`{name}` {why}"), hint);
        }
        let mut body = &s.body;
        while let Statement::LabeledStatement(inner) = body {
            body = &inner.body;
        }
        let is_loop = matches!(
            body,
            Statement::WhileStatement(_)
                | Statement::DoWhileStatement(_)
                | Statement::ForStatement(_)
                | Statement::ForOfStatement(_)
                | Statement::ForInStatement(_)
        );
        self.place.labels.push((name.to_owned(), is_loop));
        self.only_statement(&s.body);
        self.place.labels.pop();
    }

    fn jump(&mut self, span: Span, label: Option<&LabelIdentifier<'a>>, continues: bool) {
        let (what, start) = (if continues { "continue" } else { "break" }, span.start);
        let Some(label) = label else {
            if self.place.loops == 0 && (continues || self.place.switches == 0) {
                self.reject(
                    start,
                    format!("`{what}` has nothing around it to {what}"),
                    "use `return` to leave a function",
                );
            }
            return;
        };
        let name = label.name.as_str();
        match self.place.labels.iter().find(|(known, _)| known == name) {
            None => self.reject(
                label.span.start,
                format!("no statement around this has the label `{name}`"),
                "put the label in front of a loop around it",
            ),
            Some((_, false)) if continues => self.reject(
                label.span.start,
                format!("`{name}` is not the label of a loop"),
                "use `break`",
            ),
            Some(_) => {}
        }
    }

    fn switch(&mut self, s: &SwitchStatement<'a>) {
        self.expression(&s.discriminant);
        if let Some(second) = s.cases.iter().filter(|case| case.test.is_none()).nth(1) {
            self.reject(second.span.start, "a `switch` has one `default` only", "merge them");
        }
        let scope = self.within_scope(s.discriminant.span().end, |c| {
            let first = c.tables.bindings.len();
            c.declare_all(s.cases.iter().flat_map(|case| &case.consequent));
            // A case may be entered past the declarations of the cases before it.
            for binding in c.tables.bindings.iter_mut().skip(first) {
                if binding.kind != Kind::Function {
                    binding.ready = (u32::MAX, 0);
                }
            }
            c.place.switches += 1;
            for case in &s.cases {
                if let Some(test) = &case.test {
                    c.expression(test);
                }
                for statement in &case.consequent {
                    c.statement(statement);
                }
            }
            c.place.switches -= 1;
        });
        s.scope_id.set(Some(ScopeId::from_usize(scope)));
    }

    fn try_statement(&mut self, s: &TryStatement<'a>) {
        self.block(&s.block);
        if let Some(handler) = &s.handler {
            let scope = self.within_scope(handler.span.start, |c| {
                if let Some(parameter) = &handler.param {
                    let ready = (parameter.span.end, 0);
                    c.declare_pattern(&parameter.pattern, &Kind::Catch, ready);
                    c.pattern(&parameter.pattern);
                }
                let parameters = c.scope;
                let body = c.within_scope(handler.body.span.start, |c| {
                    c.statements(&handler.body.body);
                    c.reject_shadows(parameters);
                });
                handler.body.scope_id.set(Some(ScopeId::from_usize(body)));
            });
            handler.scope_id.set(Some(ScopeId::from_usize(scope)));
        }
        if let Some(finalizer) = &s.finalizer {
            self.block(finalizer);
        }
    }

    /// A body cannot declare what its parameters declare already.
    pub fn reject_shadows(&mut self, parameters: usize) {
        let own: Vec<_> = self.tables.scopes[self.scope].bindings.clone();
        for binding in own {
            let name = self.tables.bindings[binding].name.clone();
            if self.tables.own(parameters, &name).is_some() {
                let offset = self.tables.bindings[binding].offset;
                self.reject(
                    offset,
                    format!("`{name}` is declared in this body and as its parameter"),
                    "use two names",
                );
            }
        }
    }
}
