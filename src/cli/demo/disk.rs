//! What lies on the disk of a host, as anybody could see it.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::output::bytes;

/// The files of a data folder: how many and how long, by the folder or file at its top.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disk {
    places: BTreeMap<String, (u64, u64)>,
}

impl Disk {
    /// Looks at a data folder.
    pub fn look(data: &Path) -> Result<Self, Failure> {
        let failed = |error: io::Error| Failure::file("read", data, &error);
        let mut places = BTreeMap::new();
        for entry in std::fs::read_dir(data).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let (files, length) = measure(&entry.path()).map_err(failed)?;
            if files > 0 {
                let slash = if entry.path().is_dir() { "/" } else { "" };
                let name = entry.file_name().to_string_lossy().into_owned() + slash;
                places.insert(name, (files, length));
            }
        }
        Ok(Self { places })
    }

    /// Bytes of the files under `place`, such as `journal/`.
    pub fn bytes(&self, place: &str) -> u64 {
        self.places.get(place).map_or(0, |(_, length)| *length)
    }

    /// One line.
    pub fn describe(&self) -> String {
        let place = |(name, (files, length)): (&String, &(u64, u64))| {
            let of = if *files == 1 { String::new() } else { format!(" in {files} files") };
            format!("{name} {}{of}", bytes(*length))
        };
        self.places.iter().map(place).collect::<Vec<_>>().join(", ")
    }
}

/// Number and length of the regular files at and below `path`. A file that goes meanwhile counts
/// as gone.
fn measure(path: &Path) -> io::Result<(u64, u64)> {
    let metadata = match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((0, 0)),
        metadata => metadata?,
    };
    if metadata.is_file() {
        return Ok((1, metadata.len()));
    }
    if !metadata.is_dir() {
        return Ok((0, 0));
    }
    let mut sum = (0, 0);
    for entry in std::fs::read_dir(path)? {
        let (files, length) = measure(&entry?.path())?;
        sum = (sum.0 + files, sum.1 + length);
    }
    Ok(sum)
}
