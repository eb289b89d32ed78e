//! A folder of the file system: folders 0700, files 0600.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{Disk, DiskFile};

/// A folder of the file system.
#[derive(Debug)]
pub struct RealDisk {
    dir: PathBuf,
}

impl RealDisk {
    /// The folder, which must exist.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }
}

impl Disk for RealDisk {
    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(RealFile { file: create_file(&self.dir.join(name))?, truncated: false }))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let file = OpenOptions::new().read(true).write(true).open(self.dir.join(name))?;
        Ok(Box::new(RealFile { file, truncated: false }))
    }

    fn read(&self, name: &str, offset: u64, count: usize) -> io::Result<Vec<u8>> {
        let file = File::open(self.dir.join(name))?;
        let rest = file.metadata()?.len().saturating_sub(offset);
        let mut bytes = vec![0; usize::try_from(rest).unwrap_or(usize::MAX).min(count)];
        file.read_exact_at(&mut bytes, offset)?;
        Ok(bytes)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.dir.join(name))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.dir.join(from), self.dir.join(to))
    }

    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            files.push((name, entry.metadata()?.len()));
        }
        files.sort();
        Ok(files)
    }

    fn sync_dir(&self) -> io::Result<()> {
        sync_path(&self.dir)
    }

    fn free_bytes(&self) -> io::Result<u64> {
        let stat = rustix::fs::statvfs(&self.dir)?;
        Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
    }
}

struct RealFile {
    file: File,
    truncated: bool,
}

impl DiskFile for RealFile {
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all_at(bytes, offset)
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.truncated = true;
        self.file.set_len(len)
    }

    fn sync(&mut self) -> io::Result<()> {
        // fdatasync carries a length that grew. That it carries one that shrank is not promised.
        if self.truncated {
            self.file.sync_all()?;
            self.truncated = false;
            return Ok(());
        }
        self.file.sync_data()
    }
}

/// Makes a new file that only its owner may read.
pub(crate) fn create_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).mode(FILE_MODE).open(path)
}

/// Makes a folder that only its owner may enter, and whatever is above it, durable with their
/// names; one that is there is made the owner's.
pub(crate) fn create_dir(path: &Path) -> io::Result<()> {
    create_dir_if_missing(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(DIR_MODE))
}

/// As [`create_dir`], but leaves a folder that is there as it is.
pub(crate) fn create_dir_if_missing(path: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = path.ancestors().take_while(|dir| !dir.exists()).collect();
    DirBuilder::new().recursive(true).mode(DIR_MODE).create(path)?;
    for dir in missing {
        match dir.parent() {
            Some(above) if !above.as_os_str().is_empty() => sync_path(above)?,
            _ => sync_path(Path::new("."))?,
        }
    }
    Ok(())
}

/// Returns once a file's bytes, or a folder's names, are on the disk.
pub(crate) fn sync_path(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Only the owner reads and writes.
pub(crate) const FILE_MODE: u32 = 0o600;
/// Only the owner enters.
pub(crate) const DIR_MODE: u32 = 0o700;
