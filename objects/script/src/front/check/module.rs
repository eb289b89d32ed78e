//! The module: imports and exports.

use oxc_ast::ast::*;

use super::Checker;
use super::pattern::names;
use crate::front::scope::Kind;
use crate::limits::CODE_IMPORTS_MAX;

const IMPORT_HINT: &str = "write `import { name } from 'blake3:<64 hexadecimal digits>'`, as `script check` prints for a file";

impl<'a> Checker<'_> {
    pub fn program(&mut self, program: &Program<'a>) {
        // Imports are bound before anything else happens, wherever they stand.
        for statement in &program.body {
            if let Statement::ImportDeclaration(import) = statement {
                self.import(import);
            }
        }
        for directive in &program.directives {
            self.string(&directive.expression);
        }
        self.statements(&program.body);
        for statement in &program.body {
            if let Statement::ExportNamedDeclaration(export) = statement {
                self.export_specifiers(export);
            }
        }
    }

    fn import(&mut self, import: &ImportDeclaration<'a>) {
        let start = import.source.span.start;
        if import.phase.is_some() || import.with_clause.is_some() {
            self.reject(import.span.start, "only plain imports are in the language", IMPORT_HINT);
        }
        let source = import.source.value.as_str();
        let hash = source.strip_prefix("blake3:").and_then(decode_hash);
        let Some(hash) = hash else {
            self.reject(
                start,
                format!("`{}` is not the hash of a code", shorten(source)),
                IMPORT_HINT,
            );
            self.declare_imported(import, u16::MAX);
            return;
        };
        let modules = &mut self.tables.modules;
        let index = modules.iter().position(|known| *known == hash).unwrap_or_else(|| {
            modules.push(hash);
            modules.len() - 1
        });
        let index =
            u16::try_from(index).ok().filter(|index| usize::from(*index) < CODE_IMPORTS_MAX);
        let Some(index) = index else {
            self.reject(start, "a script imports from too many others", "merge some of them");
            return;
        };
        self.declare_imported(import, index);
    }

    fn declare_imported(&mut self, import: &ImportDeclaration<'a>, module: u16) {
        for specifier in import.specifiers.iter().flatten() {
            let name = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(s) => match &s.imported {
                    ModuleExportName::StringLiteral(name) => {
                        self.reject(
                            name.span.start,
                            "an imported name cannot be a string here",
                            "export it under a plain name",
                        );
                        continue;
                    }
                    name => name.name().to_string(),
                },
                ImportDeclarationSpecifier::ImportDefaultSpecifier(_) => "default".to_owned(),
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(s) => {
                    self.reject(
                        s.span.start,
                        "`import *` is not in the language",
                        "name what is imported in braces",
                    );
                    "*".to_owned()
                }
            };
            self.declare_binding(specifier.local(), Kind::Import(module, name), (0, 0));
        }
    }

    pub fn module_declaration(&mut self, declaration: &ModuleDeclaration<'a>) {
        match declaration {
            ModuleDeclaration::ImportDeclaration(_) => {}
            ModuleDeclaration::ExportAllDeclaration(export) => {
                self.reject(
                    export.span.start,
                    "`export *` is not in the language",
                    "import the names, and export constants that hold them",
                );
            }
            ModuleDeclaration::ExportDefaultDeclaration(export) => self.export_default(export),
            ModuleDeclaration::ExportNamedDeclaration(export) => {
                if let Some(source) = &export.source {
                    self.reject(
                        source.span.start,
                        "`export … from` is not in the language",
                        "import the names, and export constants that hold them",
                    );
                }
                match &export.declaration {
                    Some(Declaration::VariableDeclaration(d)) => {
                        self.variables(d);
                        for declarator in &d.declarations {
                            for id in names(&declarator.id) {
                                self.export_binding(id);
                            }
                        }
                    }
                    Some(Declaration::FunctionDeclaration(f)) => {
                        self.function_declaration(f);
                        if let Some(id) = &f.id {
                            self.export_binding(id);
                        }
                    }
                    Some(Declaration::ClassDeclaration(class)) => {
                        self.reject_class(class.span.start);
                    }
                    Some(_) => self.reject(
                        export.span.start,
                        "TypeScript is not in the language",
                        "leave the types away",
                    ),
                    None => {}
                }
            }
            _ => {}
        }
    }

    fn export_default(&mut self, export: &ExportDefaultDeclaration<'a>) {
        let start = export.span.start;
        self.export_name("default", start);
        match &export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(f) => {
                if let Some(id) = &f.id {
                    self.function_declaration(f);
                    if let Some(binding) = id.symbol_id.get() {
                        self.tables.bindings[binding.index()].exports.push("default".to_owned());
                    }
                } else {
                    self.function(f, (0, 0));
                }
            }
            ExportDefaultDeclarationKind::ClassDeclaration(_) => self.reject_class(start),
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => {
                self.reject(start, "TypeScript is not in the language", "leave the types away");
            }
            declaration => self.expression(declaration.to_expression()),
        }
    }

    fn export_binding(&mut self, id: &BindingIdentifier<'a>) {
        self.export_name(&id.name, id.span.start);
        if let Some(binding) = id.symbol_id.get() {
            self.tables.bindings[binding.index()].exports.push(id.name.to_string());
        }
    }

    /// `export { a, b as c }`, once all names are declared.
    fn export_specifiers(&mut self, export: &ExportNamedDeclaration<'a>) {
        if export.source.is_some() {
            return;
        }
        for specifier in &export.specifiers {
            let start = specifier.span.start;
            let local = specifier.local.name();
            if matches!(specifier.exported, ModuleExportName::StringLiteral(_)) {
                self.reject(
                    start,
                    "an exported name cannot be a string here",
                    "export it under a plain name",
                );
                continue;
            }
            let exported = specifier.exported.name();
            self.export_name(&exported, start);
            let Some(binding) = self.tables.own(0, &local) else {
                self.reject(
                    start,
                    format!("`{local}` is exported but not declared"),
                    "declare it in this module",
                );
                continue;
            };
            let binding = &mut self.tables.bindings[binding];
            if matches!(binding.kind, Kind::Import(..)) {
                self.reject(
                    start,
                    format!("`{local}` is imported and cannot be exported again"),
                    "export a constant that holds it",
                );
            } else {
                binding.exports.push(exported.to_string());
            }
        }
    }

    fn export_name(&mut self, name: &str, offset: u32) {
        if !self.exported.insert(name.to_owned()) {
            self.reject(offset, format!("`{name}` is exported twice"), "export it under two names");
        } else {
            self.tables.exports.push(name.to_owned());
        }
    }
}

fn decode_hash(hex: &str) -> Option<[u8; 32]> {
    data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}

/// A name from the source in a message: not longer than a line.
fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}
