//! What durable rows are held against: files that are written and synced with nothing else in mind.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::machine::file_system;
use crate::rows::Plan;

/// Bytes that the journal in this folder holds, without the room behind them.
pub fn journal_bytes(journal: &Path) -> u64 {
    let files = std::fs::read_dir(journal).expect("a journal");
    files.flatten().map(|file| written(&mut File::open(file.path()).expect("a segment"))).sum()
}

/// The length of a segment without the zeros at its end, which wait for records. It is read from
/// its end, so that full ones cost next to nothing.
fn written(segment: &mut File) -> u64 {
    let mut end = segment.metadata().expect("a length").len();
    let mut piece = vec![0; PIECE];
    while end > 0 {
        let length = usize::try_from(end).map_or(PIECE, |end| end.min(PIECE));
        let begin = end - length as u64;
        segment.seek(SeekFrom::Start(begin)).expect("a place");
        segment.read_exact(&mut piece[..length]).expect("it is read");
        if let Some(last) = piece[..length].iter().rposition(|byte| *byte != 0) {
            return begin + last as u64 + 1;
        }
        end = begin;
    }
    0
}

const PIECE: usize = 64 << 10;

/// A file that is appended to and synced. It becomes longer each time, which the file system has
/// to write down as well.
pub struct Appended {
    file: File,
    path: PathBuf,
}

impl Appended {
    /// Makes it.
    pub fn new(folder: &Path) -> Self {
        let path = folder.join("appended");
        let file = OpenOptions::new().create(true).append(true).open(&path).expect("a file");
        Self { file, path }
    }

    /// Appends, and waits for the disk.
    pub fn append(&mut self, bytes: &[u8]) {
        self.file.write_all(bytes).expect("written");
        rustix::fs::fdatasync(&self.file).expect("synced");
    }
}

impl Drop for Appended {
    fn drop(&mut self) {
        // It is in a folder that goes away anyway.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// A file of zeros that are on the disk already, written over from its beginning and synced: no
/// length changes, so the file system has nothing to write down.
pub struct Overwritten {
    file: File,
    path: PathBuf,
    at: u64,
    length: u64,
}

impl Overwritten {
    /// Makes it, with room for so many bytes.
    pub fn new(folder: &Path, length: u64) -> Self {
        let path = folder.join("overwritten");
        let mut file = File::create(&path).expect("a file");
        let piece = vec![0; PIECE];
        for _ in 0..length.div_ceil(PIECE as u64) {
            file.write_all(&piece).expect("written");
        }
        file.sync_all().expect("synced");
        Self { file, path, at: 0, length }
    }

    /// Writes behind what was written last, and waits for the disk.
    pub fn write(&mut self, bytes: &[u8]) {
        if self.at + bytes.len() as u64 > self.length {
            self.at = 0;
        }
        self.file.write_all_at(bytes, self.at).expect("written");
        rustix::fs::fdatasync(&self.file).expect("synced");
        self.at += bytes.len() as u64;
    }
}

impl Drop for Overwritten {
    fn drop(&mut self) {
        // It is in a folder that goes away anyway.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The folders that durable rows write in: where the plan says, and in memory if there is such.
pub fn places(plan: &Plan) -> Vec<(String, PathBuf)> {
    let mut places = vec![(file_system(&plan.data), plan.data.clone())];
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        places.push((file_system(memory), memory.to_owned()));
    }
    places
}

/// A new folder in one of them.
pub fn fresh(place: &Path) -> tempfile::TempDir {
    tempfile::tempdir_in(place).expect("a folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_behind_the_last_record_do_not_count() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut zeros = vec![0; 3 * PIECE + 5];
        std::fs::write(folder.path().join("room"), &zeros).expect("written");
        zeros[PIECE + 7] = 1;
        std::fs::write(folder.path().join("half"), &zeros).expect("written");
        std::fs::write(folder.path().join("full"), [1; 9]).expect("written");
        assert_eq!(journal_bytes(folder.path()), PIECE as u64 + 8 + 9);
    }
}
