//! A text's tokens, as far as their nesting matters.

use oxc_syntax::identifier::{is_identifier_part, is_identifier_start};

use crate::error::Diagnostic;
use crate::front::source::Source;

/// Brackets of a regular expression at the most, nested or not: its parser recurses too.
const REGEXP_BRACKETS_MAX: usize = 200;

/// Characters of a number at the most: to read a big integer takes the square of its length.
const NUMBER_CHARS_MAX: usize = 4096;

/// A token as far as nesting matters. `newline`: a line ended before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token {
    /// A name, number, string or regular expression.
    Operand { newline: bool },
    /// A keyword that nests nothing, such as `return`, `const`, `function`.
    Word { newline: bool },
    /// A keyword in front of an expression that it nests, such as `typeof`, `new`.
    Prefix { newline: bool },
    /// A keyword at the head of a statement that nests another.
    Head { newline: bool },
    /// `else`, and what else may go on with a statement.
    Continuation { newline: bool },
    /// `case`, `default`.
    Case,
    /// Anything that makes a tree one deeper.
    Operator,
    /// `++`, `--` after an operand, and the end of a template: the chain goes on.
    Postfix,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// An opening bracket; `chained`: it belongs to the operand before it, or may.
    Open { chained: bool },
    /// A closing bracket. `operand`: not that of `if (…)`.
    Close { operand: bool, brace: bool },
}

/// What a bracket is closed by, and what for.
#[derive(Clone, Copy, PartialEq)]
enum Bracket {
    /// `(`; `head`: after `if`, `for`, `while`, `with`.
    Paren {
        head: bool,
    },
    Square,
    Brace,
    /// `${`
    Template,
}

/// How a `/` would be read after the token before.
#[derive(Clone, Copy, PartialEq)]
enum Slash {
    RegExp,
    Division,
    Unclear,
}

pub struct Tokens<'a> {
    source: &'a Source<'a>,
    at: usize,
    start: usize,
    brackets: Vec<Bracket>,
    slash: Slash,
    newline: bool,
    /// The token before was `.` or `?.`: a name follows.
    member: bool,
    /// The token before was `if`, `for`, `while` or `with`, perhaps with an `await`.
    head: bool,
}

type Result<T> = std::result::Result<T, Diagnostic>;

impl<'a> Tokens<'a> {
    pub fn new(source: &'a Source<'a>) -> Self {
        let mut tokens = Self {
            source,
            at: 0,
            start: 0,
            brackets: Vec::new(),
            slash: Slash::RegExp,
            newline: true,
            member: false,
            head: false,
        };
        if source.text.starts_with("#!") {
            tokens.line_comment();
        }
        tokens
    }

    /// Where the last token begins.
    pub fn start(&self) -> u32 {
        u32::try_from(self.start).unwrap_or(u32::MAX)
    }

    pub fn next(&mut self) -> Result<Option<Token>> {
        self.newline = self.at == 0;
        loop {
            let rest = self.rest();
            self.start = self.at;
            let Some(c) = rest.chars().next() else { return Ok(None) };
            match c {
                ' ' | '\t' | '\u{b}' | '\u{c}' => self.at += 1,
                '\u{feff}' if self.at == 0 => self.at += c.len_utf8(),
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                    self.newline = true;
                    self.at += c.len_utf8();
                }
                '/' if rest.starts_with("//") => self.line_comment(),
                '/' if rest.starts_with("/*") => self.block_comment()?,
                '/' => return self.slash().map(Some),
                '"' | '\'' => return self.string(c).map(Some),
                '`' => return self.template().map(Some),
                '0'..='9' => return self.number().map(Some),
                '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                    return self.number().map(Some);
                }
                '(' | '[' | '{' => return Ok(Some(self.open(c))),
                ')' | ']' | '}' => return self.close(c).map(Some),
                c if is_identifier_start(c) => return Ok(Some(self.word())),
                '\\' => {
                    return Err(self.error("a name is written with an escape", "write its letters"));
                }
                '@' => {
                    return Err(
                        self.error("decorators are not in the language", "call a function instead")
                    );
                }
                c if c.is_ascii_punctuation() => return self.punctuator().map(Some),
                _ => {
                    return Err(self.error(
                        "this character cannot stand here",
                        "use blanks and line ends to separate",
                    ));
                }
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.source.text.get(self.at..).unwrap_or("")
    }

    fn error(&self, why: &str, hint: &str) -> Diagnostic {
        self.source.diagnostic(self.start(), why, hint)
    }

    /// What every token but whitespace leaves behind.
    fn after(&mut self, slash: Slash) {
        self.slash = slash;
        self.member = false;
        self.head = false;
    }

    fn line_comment(&mut self) {
        let rest = self.rest();
        self.at += rest.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(rest.len());
    }

    fn block_comment(&mut self) -> Result<()> {
        let body = &self.rest()[2..];
        let Some(length) = body.find("*/") else {
            return Err(self.error("this comment does not end", "end it with `*/`"));
        };
        self.newline |= body[..length].contains(['\n', '\r', '\u{2028}', '\u{2029}']);
        self.at += length + 4;
        Ok(())
    }

    fn slash(&mut self) -> Result<Token> {
        match self.slash {
            Slash::Division => {
                self.at += if self.rest().starts_with("/=") { 2 } else { 1 };
                self.after(Slash::RegExp);
                Ok(Token::Operator)
            }
            Slash::RegExp => self.regexp(),
            Slash::Unclear => Err(self.error(
                "this `/` can be read in two ways, as a division and as a regular expression",
                "put a `;` before it, or parentheses around what it belongs to",
            )),
        }
    }

    fn regexp(&mut self) -> Result<Token> {
        let newline = self.newline;
        let (mut class, mut escaped, mut brackets) = (false, false, 0);
        let body = &self.rest()[1..];
        for (offset, c) in body.char_indices() {
            match c {
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => break,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '(' => brackets += 1,
                '[' => {
                    class = true;
                    brackets += 1;
                }
                ']' => class = false,
                '/' if !class => {
                    if brackets > REGEXP_BRACKETS_MAX {
                        break;
                    }
                    self.at += offset + 2;
                    let rest = self.rest();
                    self.at += rest.find(|c| !is_identifier_part(c)).unwrap_or(rest.len());
                    self.after(Slash::Division);
                    return Ok(Token::Operand { newline });
                }
                _ => {}
            }
        }
        if brackets > REGEXP_BRACKETS_MAX {
            let why = format!("a regular expression has more than {REGEXP_BRACKETS_MAX} brackets");
            return Err(self.error(&why, "look at the text in several steps"));
        }
        Err(self.error("this regular expression does not end in its line", "end it with `/`"))
    }

    fn string(&mut self, quote: char) -> Result<Token> {
        let newline = self.newline;
        let mut escaped = false;
        let mut chars = self.rest()[1..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            match c {
                '\r' if escaped => {
                    chars.next_if(|(_, c)| *c == '\n');
                    escaped = false;
                }
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '\n' | '\r' => break,
                c if c == quote => {
                    self.at += offset + 2;
                    self.after(Slash::Division);
                    return Ok(Token::Operand { newline });
                }
                _ => {}
            }
        }
        Err(self.error(
            "this string does not end in its line",
            "use a template literal for several lines",
        ))
    }

    /// From a backquote, or from the `}` of a substitution, to the next `${` or the end.
    fn template(&mut self) -> Result<Token> {
        let mut escaped = false;
        let body = &self.rest()[1..];
        for (offset, c) in body.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '`' => {
                    self.at += offset + 2;
                    self.after(Slash::Division);
                    return Ok(Token::Postfix);
                }
                '$' if body[offset..].starts_with("${") => {
                    self.at += offset + 3;
                    self.brackets.push(Bracket::Template);
                    self.after(Slash::RegExp);
                    return Ok(Token::Open { chained: true });
                }
                _ => {}
            }
        }
        Err(self.error("this template does not end", "end it with a backquote"))
    }

    fn number(&mut self) -> Result<Token> {
        let part = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
        let rest = self.rest();
        let mut end = rest.find(part).unwrap_or(rest.len());
        if rest[end..].starts_with('.') {
            let fraction = &rest[end + 1..];
            end += 1 + fraction.find(part).unwrap_or(fraction.len());
        }
        if end > NUMBER_CHARS_MAX {
            let why = format!("this number has more than {NUMBER_CHARS_MAX} digits");
            return Err(self.error(&why, "compute it"));
        }
        let newline = self.newline;
        self.at += end;
        self.after(Slash::Division);
        Ok(Token::Operand { newline })
    }

    fn open(&mut self, c: char) -> Token {
        self.at += 1;
        let bracket = match c {
            '(' => Bracket::Paren { head: self.head },
            '[' => Bracket::Square,
            _ => Bracket::Brace,
        };
        self.brackets.push(bracket);
        self.after(Slash::RegExp);
        Token::Open { chained: bracket != Bracket::Brace }
    }

    fn close(&mut self, c: char) -> Result<Token> {
        let open = self.brackets.pop();
        match (c, open) {
            (')', Some(Bracket::Paren { head })) => {
                self.at += 1;
                self.after(if head { Slash::Unclear } else { Slash::Division });
                Ok(Token::Close { operand: !head, brace: false })
            }
            (']', Some(Bracket::Square)) => {
                self.at += 1;
                self.after(Slash::Division);
                Ok(Token::Close { operand: true, brace: false })
            }
            ('}', Some(Bracket::Brace)) => {
                self.at += 1;
                self.after(Slash::Unclear);
                Ok(Token::Close { operand: true, brace: true })
            }
            ('}', Some(Bracket::Template)) => self.resume_template(),
            _ => {
                let why = format!("this `{c}` closes nothing that is open here");
                Err(self.error(&why, "look for the bracket before it that is not closed"))
            }
        }
    }

    /// After `}` the template goes on: the next substitution takes the place of this one.
    fn resume_template(&mut self) -> Result<Token> {
        let token = self.template()?;
        if token == Token::Postfix {
            return Ok(Token::Close { operand: true, brace: false });
        }
        Ok(Token::Comma)
    }

    fn word(&mut self) -> Token {
        let rest = self.rest();
        let end = rest.find(|c| !is_identifier_part(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        let (newline, member, head) = (self.newline, self.member, self.head);
        self.at += end;
        self.after(Slash::RegExp);
        if member {
            self.slash = Slash::Division;
            return Token::Operand { newline: false };
        }
        match word {
            "if" | "for" | "while" | "with" => {
                self.head = true;
                match word {
                    "while" => Token::Continuation { newline },
                    _ => Token::Head { newline },
                }
            }
            "do" | "try" | "switch" => Token::Head { newline },
            "else" | "catch" | "finally" => Token::Continuation { newline },
            "case" | "default" => Token::Case,
            "in" | "instanceof" | "extends" => Token::Operator,
            "typeof" | "void" | "delete" | "new" | "class" | "throw" => Token::Prefix { newline },
            "await" | "yield" => {
                // `for await (`: the parenthesis is still that of `for`.
                self.head = head;
                self.slash = Slash::Unclear;
                Token::Prefix { newline }
            }
            "return" | "const" | "var" | "function" | "import" | "export" => {
                Token::Word { newline }
            }
            "of" | "let" | "static" => {
                self.slash = Slash::Unclear;
                Token::Operand { newline }
            }
            _ => {
                self.slash = Slash::Division;
                Token::Operand { newline }
            }
        }
    }

    fn punctuator(&mut self) -> Result<Token> {
        let rest = self.rest();
        // The parser of scripts, though not of modules, takes these for comments.
        if rest.starts_with("<!--") || (self.newline && rest.starts_with("-->")) {
            return Err(self.error("HTML comments are not in the language", "use `//`"));
        }
        let length = PUNCTUATORS.iter().find(|p| rest.starts_with(**p)).map_or(1, |p| p.len());
        let text = &rest[..length];
        if text == "?." && rest[2..].starts_with(|c: char| c.is_ascii_digit()) {
            self.at += 1;
            self.after(Slash::RegExp);
            return Ok(Token::Operator);
        }
        self.at += length;
        let postfix = self.slash == Slash::Division && !self.newline;
        self.after(Slash::RegExp);
        Ok(match text {
            "," => Token::Comma,
            ";" => Token::Semicolon,
            "++" | "--" if postfix => {
                self.slash = Slash::Division;
                Token::Postfix
            }
            "++" | "--" => {
                self.slash = Slash::Unclear;
                Token::Operator
            }
            "." | "?." => {
                self.member = true;
                Token::Operator
            }
            _ => Token::Operator,
        })
    }
}

/// Those of more than one character, longest first.
const PUNCTUATORS: &[&str] = &[
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=",
    "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "%=", "&=", "|=", "^=", "<<",
    ">>", "**",
];
