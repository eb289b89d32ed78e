//! A sturdyref that goes from one screen to another by a camera.

use std::io::Read;
use std::process::Stdio;

use crate::mistakes::pseudo_terminal;
use crate::terminal::Terminal;

/// What a camera reads in front of a drawing; dark modules are the printed ones.
fn read_by_camera(drawing: &str) -> String {
    const PIXELS: usize = 4;
    let mut modules = Vec::new();
    for line in drawing.lines() {
        let row = |of: &str| line.chars().map(|c| of.contains(c)).collect::<Vec<_>>();
        modules.extend([row("█▀"), row("█▄")]);
    }
    let (width, height) = (modules[0].len() * PIXELS, modules.len() * PIXELS);
    let dark = |x: usize, y: usize| modules[y / PIXELS][x / PIXELS];
    let mut image = rqrr::PreparedImage::prepare_from_bitmap(width, height, dark);
    let codes = image.detect_grids();
    assert_eq!(codes.len(), 1, "one code:\n{drawing}");
    codes[0].decode().expect("readable").1
}

#[test]
fn a_sturdyref_is_read_off_the_screen() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);

    let said = alice.ok(&["share", "visits", "--qr", "--out", "visits.ref"]);
    let (line, drawing) = said.split_once('\n').expect("a line before the drawing");
    assert_eq!(line, "wrote visits.ref");
    let kept = std::fs::read_to_string(folder.path().join("visits.ref")).expect("written");
    assert_eq!(read_by_camera(drawing), kept.trim_end());

    let drawing = alice.ok(&["share", "visits", "--qr"]);
    let read = read_by_camera(&drawing);
    assert!(!drawing.contains("ocapn"), "it is drawn alone");
    let used = alice.run_with(&["call", "-", "increment", "1"], read.as_bytes());
    assert_eq!(used.ok(&["call"]), "1");
    let ended = alice.run(&["share", "visits", "--qr", "--json"]);
    assert!(ended.code == 2 && ended.err.contains("leave one of them out"), "{ended:?}");
}

#[test]
fn a_terminal_is_shown_a_code_that_fits_or_nothing_is_shared() {
    let folder = tempfile::tempdir().expect("a folder");
    let alice = Terminal::new(folder.path(), "alice");
    let _host = alice.start(&[]);
    alice.ok(&["vat", "new", "shop"]);
    alice.ok(&["spawn", "shop", "counter", "--name", "visits"]);
    let on = |columns: u16, words: &[&str]| {
        let (controller, user) = pseudo_terminal();
        let size =
            rustix::termios::Winsize { ws_row: 60, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        rustix::termios::tcsetwinsize(&user, size).expect("a size");
        let mut controller = std::fs::File::from(controller);
        let reader = std::thread::spawn(move || {
            let mut shown = Vec::new();
            let mut part = [0; 4096];
            // A terminal whose last user has gone ends with an error.
            while let Ok(count @ 1..) = controller.read(&mut part) {
                shown.extend_from_slice(&part[..count]);
            }
            String::from_utf8(shown).expect("UTF-8")
        });
        let mut command = alice.command(words);
        command.stdout(Stdio::from(user)).stdin(Stdio::null()).stderr(Stdio::piped());
        let child = command.spawn().expect("the binary runs");
        drop(command);
        let output = child.wait_with_output().expect("it ends");
        (output, reader.join().expect("the reader does not panic"))
    };
    let (output, shown) = on(200, &["share", "visits", "--qr", "--label", "wide"]);
    assert!(output.status.success(), "{output:?}");
    let plain: String = shown.replace("\u{1b}[38;5;16;48;5;231m", "").replace("\u{1b}[0m", "");
    assert!(shown.contains("\u{1b}[38;5;16;48;5;231m"), "black on white whatever the theme");
    assert!(read_by_camera(&plain.replace('\r', "")).starts_with("ocapn://"));

    let narrow = ["share", "visits", "--qr", "--label", "narrow", "--out", "narrow.ref"];
    let (output, shown) = on(30, &narrow);
    let line = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!((output.status.code(), shown.as_str()), (Some(2), ""), "{line}");
    assert!(line.contains("the terminal has 30") && line.contains("nothing was shared"), "{line}");
    assert!(!folder.path().join("narrow.ref").exists());
    let grants = alice.json(&["vat", "show", "shop"])["grants"].clone();
    let valid = grants.as_array().into_iter().flatten().filter(|g| g["revoked"] == false);
    let labels: Vec<_> = valid.map(|grant| grant["label"].clone()).collect();
    assert_eq!(labels, ["wide"], "{grants}");
}
