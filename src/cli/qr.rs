//! A sturdyref as a QR code in the terminal, for somebody's camera.
//!
//! Two modules stand above each other in one character, which makes them about square:
//!
//! ```text
//!   above  below          Black on white, whatever the terminal's own colours are: many readers
//!   dark   dark   █       take no code whose colours are turned round. Without a terminal there
//!   dark   light  ▀       are no colours, and a dark module is what is printed, as on paper.
//!   light  dark   ▄
//! ```

use qrcode::{Color, EcLevel, QrCode};

use super::failure::Failure;

/// Draws a text; `columns` is the width of the terminal that it is drawn on, if it is one.
///
/// The weakest correction is chosen, because a screen has no dirt on it and the code must fit one:
/// a sturdyref with one address takes about 60 columns and 30 lines.
pub fn draw(text: &str, columns: Option<u16>) -> Result<String, Failure> {
    let remedy = "write it to a file with --out FILE, and send that";
    let code = QrCode::with_error_correction_level(text, EcLevel::L).map_err(|_| {
        let wrong = format!("a QR code cannot hold a sturdyref of {} bytes", text.len());
        Failure::usage(wrong, remedy)
    })?;
    let width = code.width() + 2 * QUIET;
    if let Some(columns) = columns
        && width > usize::from(columns)
    {
        let wrong = format!("the QR code takes {width} columns, and the terminal has {columns}");
        return Err(Failure::usage(wrong, format!("widen it, or {remedy}")));
    }
    let dark = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < code.width());
        matches!((inside(x), inside(y)), (Some(x), Some(y)) if code[(x, y)] == Color::Dark)
    };
    let mut drawn = String::new();
    for y in (0..width).step_by(2) {
        drawn.push_str(if columns.is_some() { BLACK_ON_WHITE } else { "" });
        for x in 0..width {
            drawn.push(match (dark(x, y), dark(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        drawn.push_str(if columns.is_some() { OWN_COLOURS } else { "" });
        drawn.push('\n');
    }
    Ok(drawn)
}

/// Light modules on each side, as ISO/IEC 18004 wants them.
const QUIET: usize = 4;

/// Colours 16 and 231 of the 256: those of the first 16 are often another theme's idea of them.
const BLACK_ON_WHITE: &str = "\u{1b}[38;5;16;48;5;231m";
const OWN_COLOURS: &str = "\u{1b}[0m";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_and_says_whether_it_fits() {
        let drawn = draw("ocapn://", None).expect("short");
        let lines: Vec<_> = drawn.lines().collect();
        let width = lines[0].chars().count();
        assert_eq!((width, lines.len()), (29, 15), "version 1 has 21 modules");
        assert!(lines.iter().all(|line| line.chars().count() == width));
        assert!(draw("ocapn://", Some(29)).expect("it fits").contains("\u{1b}[0m\n"));
        let failure = draw("ocapn://", Some(28)).expect_err("too narrow").to_string();
        assert!(failure.contains("29 columns") && failure.contains("has 28"), "{failure}");
    }

    #[test]
    fn what_no_code_can_hold_is_refused_and_not_repeated() {
        let text = "s".repeat(2953);
        draw(&text, None).expect("the largest there is");
        let failure = draw(&(text + "s"), None).expect_err("one byte more").to_string();
        assert!(failure.contains("2954 bytes") && !failure.contains("sss"), "{failure}");
    }
}
