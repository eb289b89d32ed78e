//! Statements.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::Compiler;
use super::jump::Control;
use crate::code::Op;

impl<'a> Compiler<'_> {
    /// The statements of a scope: first its functions are made, then they are run.
    pub fn statements(&mut self, statements: &[Statement<'a>]) {
        self.hoist(statements);
        for statement in statements {
            self.statement(statement);
        }
    }

    pub fn hoist<'b>(&mut self, statements: impl IntoIterator<Item = &'b Statement<'a>>)
    where
        'a: 'b,
    {
        for statement in statements {
            let (function, default) = match statement {
                Statement::FunctionDeclaration(f) => (&**f, false),
                Statement::ExportNamedDeclaration(export) => match &export.declaration {
                    Some(Declaration::FunctionDeclaration(f)) => (&**f, false),
                    _ => continue,
                },
                Statement::ExportDefaultDeclaration(export) => match &export.declaration {
                    ExportDefaultDeclarationKind::FunctionDeclaration(f) => (&**f, true),
                    _ => continue,
                },
                _ => continue,
            };
            self.at(function.span.start);
            match &function.id {
                Some(id) => {
                    self.function(function, &id.name);
                    self.initialize_identifier(id);
                }
                None if default => {
                    self.function(function, "default");
                    let name = self.constants.text("default");
                    self.emit(Op::Export(name));
                }
                None => {}
            }
        }
    }

    pub fn statement(&mut self, statement: &Statement<'a>) {
        self.at(statement.span().start);
        match statement {
            Statement::BlockStatement(block) => self.block(block),
            Statement::ExpressionStatement(s) => self.discard(&s.expression),
            Statement::IfStatement(s) => self.if_statement(s),
            Statement::ReturnStatement(s) => {
                match &s.argument {
                    Some(argument) => self.expression(argument),
                    None => self.emit(Op::Undefined),
                }
                self.return_value();
            }
            Statement::ThrowStatement(s) => {
                self.expression(&s.argument);
                self.at(s.span.start);
                self.emit(Op::Throw);
            }
            Statement::BreakStatement(s) => {
                self.break_to(s.label.as_ref().map(|l| l.name.as_str()));
            }
            Statement::ContinueStatement(s) => {
                self.continue_to(s.label.as_ref().map(|l| l.name.as_str()));
            }
            Statement::LabeledStatement(_) => self.labeled(statement),
            Statement::SwitchStatement(s) => self.switch(s),
            Statement::TryStatement(s) => self.try_statement(s),
            Statement::VariableDeclaration(d) => self.variables(d),
            match_module_declaration!(Statement) => {
                self.module_declaration(statement.to_module_declaration());
            }
            Statement::WhileStatement(_)
            | Statement::DoWhileStatement(_)
            | Statement::ForStatement(_)
            | Statement::ForOfStatement(_) => self.iteration(statement, Vec::new()),
            // Functions were made at the beginning; nothing else is let through.
            _ => {}
        }
    }

    pub fn block(&mut self, block: &BlockStatement<'a>) {
        let scope = block.scope_id.get().map_or(0, |id| id.index());
        self.within_scope(scope, |c| c.statements(&block.body));
    }

    fn if_statement(&mut self, s: &IfStatement<'a>) {
        let otherwise = self.label();
        self.condition(&s.test, otherwise);
        self.statement(&s.consequent);
        match &s.alternate {
            None => self.bind(otherwise),
            Some(alternate) => {
                let end = self.label();
                self.jump(Op::Jump, end);
                self.bind(otherwise);
                self.statement(alternate);
                self.bind(end);
            }
        }
    }

    /// An await that is the only one in a labelled statement has its label.
    fn labeled(&mut self, statement: &Statement<'a>) {
        let first = self.frame.func.awaits.len();
        let mut labels = Vec::new();
        let mut body = statement;
        while let Statement::LabeledStatement(labeled) = body {
            labels.push(labeled.label.name.to_string());
            body = &labeled.body;
        }
        let innermost = labels.last().cloned();
        match body {
            Statement::WhileStatement(_)
            | Statement::DoWhileStatement(_)
            | Statement::ForStatement(_)
            | Statement::ForOfStatement(_) => self.iteration(body, labels),
            _ => {
                let end = self.label();
                let depth = self.frame.depth;
                self.frame.controls.push(Control::Block { labels, end, depth });
                self.statement(body);
                self.frame.controls.pop();
                self.bind(end);
            }
        }
        if let [only] = self.frame.func.awaits.get_mut(first..).unwrap_or_default()
            && only.label.is_none()
        {
            only.label = innermost;
        }
    }

    pub fn variables(&mut self, declaration: &VariableDeclaration<'a>) {
        for declarator in &declaration.declarations {
            self.at(declarator.span.start);
            match &declarator.init {
                Some(init) => self.named(init, declarator.id.get_identifier_name().as_deref()),
                None => self.emit(Op::Undefined),
            }
            self.bind_pattern(&declarator.id);
        }
    }

    fn switch(&mut self, s: &SwitchStatement<'a>) {
        let free = self.frame.free;
        let value = self.take_slot();
        self.expression(&s.discriminant);
        self.emit(Op::SetSlot(value));
        let end = self.label();
        let depth = self.frame.depth;
        let scope = s.scope_id.get().map_or(0, |id| id.index());
        self.within_scope(scope, |c| {
            c.hoist(s.cases.iter().flat_map(|case| &case.consequent));
            let first = c.frame.pc();
            c.frame.hidden += 1;
            let mut default = end;
            let mut labels = Vec::new();
            for case in &s.cases {
                let label = c.label();
                labels.push(label);
                let Some(test) = &case.test else {
                    default = label;
                    continue;
                };
                c.emit(Op::GetSlot(value));
                c.expression(test);
                c.emit(Op::StrictEq);
                c.jump(Op::JumpIfTrue, label);
            }
            c.name_hidden("case", value, first);
            c.frame.hidden -= 1;
            c.jump(Op::Jump, default);
            c.frame.controls.push(Control::Switch { end, depth });
            for (case, label) in s.cases.iter().zip(labels) {
                c.bind(label);
                for statement in &case.consequent {
                    c.statement(statement);
                }
            }
            c.frame.controls.pop();
            c.bind(end);
        });
        self.frame.free = free;
    }

    fn module_declaration(&mut self, declaration: &ModuleDeclaration<'a>) {
        match declaration {
            ModuleDeclaration::ExportNamedDeclaration(export) => {
                if let Some(Declaration::VariableDeclaration(d)) = &export.declaration {
                    self.variables(d);
                }
            }
            ModuleDeclaration::ExportDefaultDeclaration(export) => {
                if matches!(
                    export.declaration,
                    ExportDefaultDeclarationKind::FunctionDeclaration(_)
                ) {
                    return;
                }
                self.named(export.declaration.to_expression(), Some("default"));
                let name = self.constants.text("default");
                self.emit(Op::Export(name));
            }
            _ => {}
        }
    }
}
