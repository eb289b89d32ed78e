//! References on their way between owners: `share`, `accept` and `revoke`.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use hogshead::admin::Revocation;
use hogshead::{Locator, SturdyRef, Value};
use rustix::fs::{FileType, Mode};
use serde_json::json;
use zeroize::Zeroizing;

use super::Context;
use super::arguments::{Accept, Revoke, Share};
use super::failure::{Exit, Failure};
use super::output::{write_err, write_out_all};
use super::owner::Owner;
use super::reference::{self, Reference};

/// Makes a facet and writes down a sturdyref to it.
pub async fn share(context: &Context, share: Share) -> Result<(), Failure> {
    if let Some(only) = &share.only
        && only.iter().any(String::is_empty)
    {
        let remedy = "name the methods, as in --only increment,count";
        return Err(Failure::usage("--only names an empty method", remedy));
    }
    let target = Reference::parse(&share.target)?;
    let at = share.at.as_deref().map(read_locator).transpose()?;
    let (owner, out) = (&context.owner().await?, context.output);
    // The place to write to comes first: a sturdyref that cannot be kept is not made.
    let place = Place::open(share.out)?;
    let label = share.label.unwrap_or_else(|| "shared".to_owned());
    let made = match target.resolve(owner).await {
        Ok(value) => {
            let admin = owner.client().admin();
            owner.wait(admin.ask().share(value, share.only.clone(), label.clone())).await
        }
        Err(failure) => Err(failure),
    };
    let sturdyref = match made {
        Ok(sturdyref) => sturdyref,
        Err(failure) => {
            place.abandon();
            return Err(failure);
        }
    };
    let mut shown = sturdyref.clone();
    if let Some(at) = at {
        shown.peer = at;
    }
    let text = shown.expose_text();
    let document = Zeroizing::new(match &place {
        Place::Output if out.is_json() => {
            let document = json!({"sturdyref": *text, "label": label, "only": share.only});
            format!("{document}\n")
        }
        _ => format!("{}\n", *text),
    });
    match place.write(&document) {
        Ok(Some(path)) => out
            .show(&json!({"file": path, "label": label, "only": share.only}), || {
                format!("wrote {}\n", path.display())
            }),
        Ok(None) => Ok(()),
        Err(failure) => Err(withdraw(owner, sturdyref, failure).await),
    }
}

/// The text is not repeated: it may be a sturdyref.
fn read_locator(text: &str) -> Result<Locator, Failure> {
    text.parse().map_err(|error| {
        let remedy = "copy what `hogshead start` has printed, ocapn://… without /s/";
        Failure::usage(format!("--at is no locator: {error}"), remedy)
    })
}

/// Nobody can use what could not be written down, so it is revoked again.
async fn withdraw(owner: &Owner, sturdyref: SturdyRef, failure: Failure) -> Failure {
    let reference = Value::SturdyRef(Box::new(sturdyref));
    let revocation = Revocation { reference, label: None };
    match owner.wait(owner.client().admin().ask().revoke(revocation)).await {
        Ok(_) => failure.context("nothing was shared"),
        Err(_) => failure.context("shared, but not written down; revoke it by its label"),
    }
}

/// Reads a sturdyref from standard input and names it.
pub async fn accept(context: &Context, accept: Accept) -> Result<(), Failure> {
    let (owner, out) = (context.owner().await?, context.output);
    owner.ensure_free(&accept.name).await?;
    if io::stdin().is_terminal() {
        write_err("hogshead: waiting for a sturdyref: paste it, then Enter and Ctrl-D");
    }
    let sturdyref = Value::SturdyRef(Box::new(reference::read_input()?));
    let admin = owner.client().admin();
    owner.wait(admin.ask().name(accept.name.clone(), sturdyref)).await?;
    let names = owner.wait(admin.ask().names()).await?;
    let named = names.into_iter().find(|name| name.name == accept.name);
    out.show(&named, String::new)
}

/// Takes back what was shared.
pub async fn revoke(context: &Context, revoke: Revoke) -> Result<(), Failure> {
    let target = Reference::parse(&revoke.target)?;
    let (owner, out) = (context.owner().await?, context.output);
    let reference = target.find(&owner).await?;
    let revocation = Revocation { reference, label: revoke.label };
    let count = owner.wait(owner.client().admin().ask().revoke(revocation)).await?;
    out.show(&json!({"revoked": count}), || match count {
        0 => "nothing was shared of it\n".to_owned(),
        1 => "1 facet revoked\n".to_owned(),
        _ => format!("{count} facets revoked\n"),
    })
}

/// Where a sturdyref is written to: never a terminal, and never a file that others may read.
enum Place {
    Output,
    File(PathBuf, File),
}

impl Place {
    fn open(out: Option<PathBuf>) -> Result<Self, Failure> {
        let Some(path) = out else {
            protect_output()?;
            return Ok(Self::Output);
        };
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(file) => Ok(Self::File(path, file)),
            Err(error) => Err(Failure::file("make", &path, &error)),
        }
    }

    /// Removes the file that was made for nothing.
    fn abandon(self) {
        if let Self::File(path, _) = self {
            let _ = std::fs::remove_file(path);
        }
    }

    /// Writes it all and gives the file's path; what cannot be written whole is not left behind.
    fn write(self, text: &str) -> Result<Option<PathBuf>, Failure> {
        let Self::File(path, mut file) = self else {
            let written = write_out_all(text);
            let failed = |error| Failure::stream("write to standard output", &error);
            return written.map(|()| None).map_err(failed);
        };
        match file.write_all(text.as_bytes()).and_then(|()| file.sync_all()) {
            Ok(()) => Ok(Some(path)),
            Err(error) => {
                let failure = Failure::file("write", &path, &error);
                Self::File(path, file).abandon();
                Err(failure)
            }
        }
    }
}

/// Refuses a terminal as standard output, and takes a file's readers away: a shell opens what
/// comes after `>` with the mode of ordinary files.
fn protect_output() -> Result<(), Failure> {
    let output = io::stdout();
    if output.is_terminal() {
        let remedy = "write it to a file with `> FILE` or --out FILE, or pipe it to its reader";
        let wrong = "a terminal would show the sturdyref and keep it in its scrollback";
        return Err(Failure::usage(wrong, remedy));
    }
    let Ok(stat) = rustix::fs::fstat(&output) else { return Ok(()) };
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Ok(());
    }
    rustix::fs::fchmod(&output, Mode::RUSR | Mode::WUSR).map_err(|error| {
        let failure = Failure::file("set mode 0600 on", Path::new("the file"), &error.into());
        Failure::new(Exit::Machine, failure.wrong(), "write to a file of your own with --out FILE")
    })
}
