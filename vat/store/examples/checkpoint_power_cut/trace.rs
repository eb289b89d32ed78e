//! Reads what strace recorded, and makes the disks that a power cut could have left.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};

/// The calls that change files, or promise that they are changed.
pub const CALLS: &str = "trace=openat,close,write,pwrite64,writev,pwritev,ftruncate,fallocate,\
    fsync,fdatasync,sync_file_range,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,\
    lseek,dup,copy_file_range,sendfile,sync,syncfs,msync";

/// Names a file through all its names.
type Inode = usize;

#[derive(Clone, Debug)]
enum Change {
    Create {
        path: PathBuf,
        inode: Inode,
    },
    MakeDir {
        path: PathBuf,
    },
    Write {
        inode: Inode,
        offset: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        inode: Inode,
        len: usize,
    },
    Allocate {
        inode: Inode,
        len: usize,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
        inode: Option<Inode>,
    },
    Remove {
        path: PathBuf,
    },
    /// Everything of the file, or of the folder's names, up to this call is on the disk.
    Sync {
        inode: Option<Inode>,
        path: PathBuf,
        began: usize,
        deaf: bool,
    },
    Reported(u64),
}

/// What is on the disk of what was not synced.
#[derive(Clone, Copy, Debug)]
pub enum Remains {
    /// Nothing.
    Synced,
    /// The names, without contents: what a file system's own journal may do.
    Names,
    /// Everything: no power cut, but a kill.
    All,
    /// Each call by chance, writes in parts of 4 KiB.
    Some(u64),
}

/// A record of calls.
pub struct Trace {
    changes: Vec<Change>,
}

impl Trace {
    /// Reads strace's output about the files below `root`.
    pub fn read(text: &str, root: &Path) -> Result<Self, Box<dyn Error>> {
        let mut reader = Reader { root: root.to_owned(), ..Reader::default() };
        let mut unfinished: BTreeMap<&str, (String, usize)> = BTreeMap::new();
        for line in text.lines() {
            let (thread, call) = line.split_once(' ').ok_or("a line without a thread")?;
            let call = call.trim_start();
            let began = reader.changes.len();
            if let Some(begun) = call.strip_suffix("<unfinished ...>") {
                unfinished.insert(thread, (begun.trim_end().to_owned(), began));
            } else if call.starts_with("<... ") {
                let Some((begun, began)) = unfinished.remove(thread) else { continue };
                let (_, rest) = call.split_once("resumed>").ok_or("a line that resumes nothing")?;
                reader.call(&format!("{begun}{rest}"), began)?;
            } else if !call.starts_with("+++") && !call.starts_with("---") {
                reader.call(call, began)?;
            }
        }
        Ok(Self { changes: reader.changes })
    }

    /// The number of calls.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Takes syncs of the files below a folder for nothing.
    pub fn forget_syncs_below(&mut self, dir: &Path) {
        for change in &mut self.changes {
            if let Change::Sync { path, inode: Some(_), deaf, .. } = change {
                *deaf = path.starts_with(dir);
            }
        }
    }

    /// Where the power is cut: just before and just after each sync returned.
    pub fn cuts(&self) -> impl Iterator<Item = usize> {
        let syncs = self.changes.iter().enumerate();
        let syncs = syncs.filter(|(_, change)| matches!(change, Change::Sync { .. }));
        let cuts: BTreeSet<usize> = syncs.flat_map(|(at, _)| [at, at + 1]).collect();
        cuts.into_iter()
    }

    /// The number of syncs.
    pub fn syncs(&self) -> usize {
        self.changes.iter().filter(|change| matches!(change, Change::Sync { .. })).count()
    }

    /// Writes the disk after the first `cut` calls; answers the last commit that was reported.
    pub fn write_disk(
        &self,
        cut: usize,
        remains: Remains,
        dir: &Path,
    ) -> Result<u64, Box<dyn Error>> {
        let changes = &self.changes[..cut];
        let (mut synced_files, mut synced_dirs) = (BTreeMap::new(), BTreeMap::new());
        let mut reported = 0;
        for change in changes {
            match change {
                Change::Sync { deaf: true, .. } => {}
                Change::Sync { inode: Some(inode), began, .. } => {
                    synced_files.insert(*inode, *began);
                }
                Change::Sync { path, began, .. } => {
                    synced_dirs.insert(path.clone(), *began);
                }
                Change::Reported(number) => reported = *number,
                _ => {}
            }
        }
        let is_synced = |at: usize, change: &Change| match change {
            Change::Write { inode, .. }
            | Change::Truncate { inode, .. }
            | Change::Allocate { inode, .. } => {
                synced_files.get(inode).is_some_and(|began| at < *began)
            }
            Change::Create { path, .. }
            | Change::MakeDir { path }
            | Change::Remove { path }
            | Change::Rename { to: path, .. } => {
                let above = path.parent().unwrap_or(path);
                synced_dirs.get(above).is_some_and(|began| at < *began)
            }
            Change::Sync { .. } | Change::Reported(_) => true,
        };
        let mut random = match remains {
            Remains::Some(seed) => seed,
            _ => 0,
        };
        let mut disk = Disk::default();
        for (at, change) in changes.iter().enumerate() {
            let is_content = matches!(change, Change::Write { .. });
            if is_synced(at, change) || matches!(remains, Remains::All) {
                disk.suffer(change, |_| true);
            } else if let Remains::Some(_) = remains {
                let mut chance = || next(&mut random).is_multiple_of(2);
                if is_content || chance() {
                    disk.suffer(change, |_| chance());
                }
            } else if matches!(remains, Remains::Names) {
                disk.suffer(change, |_| false);
            }
        }
        disk.write(dir)?;
        Ok(reported)
    }
}

/// Contents and names.
#[derive(Default)]
struct Disk {
    dirs: BTreeSet<PathBuf>,
    names: BTreeMap<PathBuf, Inode>,
    files: BTreeMap<Inode, Vec<u8>>,
}

impl Disk {
    /// Applies a change; of a write only the pages that `page` keeps.
    fn suffer(&mut self, change: &Change, mut page: impl FnMut(usize) -> bool) {
        match change {
            Change::Create { path, inode } => {
                self.names.insert(path.clone(), *inode);
            }
            Change::MakeDir { path } => {
                self.dirs.insert(path.clone());
            }
            Change::Write { inode, offset, bytes } => {
                for (at, part) in bytes.chunks(PAGE).enumerate() {
                    if page(at) {
                        let start = offset + at * PAGE;
                        let file = self.files.entry(*inode).or_default();
                        file.resize(file.len().max(start + part.len()), 0);
                        file[start..start + part.len()].copy_from_slice(part);
                    }
                }
            }
            Change::Truncate { inode, len } => {
                self.files.entry(*inode).or_default().resize(*len, 0);
            }
            Change::Allocate { inode, len } => {
                let file = self.files.entry(*inode).or_default();
                file.resize(file.len().max(*len), 0);
            }
            Change::Rename { from, to, inode: Some(inode) } => {
                self.names.retain(|name, named| name != from || named != inode);
                self.names.insert(to.clone(), *inode);
            }
            Change::Rename { .. } => {}
            Change::Remove { path } => {
                self.names.remove(path);
                self.dirs.remove(path);
            }
            Change::Sync { .. } | Change::Reported(_) => {}
        }
    }

    fn write(&self, dir: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(dir)?;
        for made in &self.dirs {
            // What is in a folder that is not there is not there either.
            if dir.join(made).parent().is_some_and(Path::exists) {
                std::fs::create_dir(dir.join(made))?;
            }
        }
        for (name, inode) in &self.names {
            if dir.join(name).parent().is_some_and(Path::exists) {
                let bytes = self.files.get(inode).map_or(&[][..], Vec::as_slice);
                std::fs::write(dir.join(name), bytes)?;
            }
        }
        Ok(())
    }
}

/// What a file descriptor stands for.
#[derive(Clone, Debug)]
struct Open {
    path: PathBuf,
    inode: Option<Inode>,
    position: usize,
}

#[derive(Default)]
struct Reader {
    root: PathBuf,
    changes: Vec<Change>,
    open: BTreeMap<i64, Open>,
    names: BTreeMap<PathBuf, Inode>,
    sizes: BTreeMap<Inode, usize>,
    last_inode: Inode,
}

impl Reader {
    fn call(&mut self, text: &str, began: usize) -> Result<(), Box<dyn Error>> {
        let (name, rest) = text.split_once('(').ok_or("a call without arguments")?;
        let (arguments, answer) = rest.rsplit_once(" = ").ok_or("a call without an answer")?;
        let arguments = arguments.trim_end();
        let arguments = arguments.strip_suffix(')').unwrap_or(arguments);
        let answer = answer.split_whitespace().next().unwrap_or("?");
        let Ok(answer) = answer.parse::<i64>() else { return Ok(()) };
        if answer < 0 {
            return Ok(());
        }
        let arguments: Vec<&str> = arguments.split(", ").collect();
        let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<i64>().ok());
        let fd = number(0).unwrap_or(-1);
        match name {
            "openat" => self.openat(arguments[1], arguments[2], answer),
            "close" => drop(self.open.remove(&fd)),
            "write" | "pwrite64" => self.write(fd, &arguments, answer as usize),
            "lseek" => {
                if let Some(open) = self.open.get_mut(&fd) {
                    open.position = answer as usize;
                }
            }
            "ftruncate" => {
                let len = number(1).unwrap_or(0) as usize;
                self.change_file(fd, |inode| Change::Truncate { inode, len });
            }
            "fallocate" => {
                let len = (number(2).unwrap_or(0) + number(3).unwrap_or(0)) as usize;
                self.change_file(fd, |inode| Change::Allocate { inode, len });
            }
            "fsync" | "fdatasync" => self.sync(fd, began),
            "rename" => self.rename(arguments[0], arguments[1]),
            "renameat" | "renameat2" => self.rename(arguments[1], arguments[3]),
            "unlink" | "rmdir" => self.remove(arguments[0]),
            "unlinkat" => self.remove(arguments[1]),
            "mkdir" => self.mkdir(arguments[0]),
            "mkdirat" => self.mkdir(arguments[1]),
            // Not a promise that anything is on the disk.
            "sync_file_range" => {}
            other => {
                if self.open.contains_key(&fd) {
                    return Err(format!("{other} is not understood here").into());
                }
            }
        }
        Ok(())
    }

    fn openat(&mut self, path: &str, flags: &str, fd: i64) {
        let Some(path) = self.below_root(path) else { return };
        let mut inode = self.names.get(&path).copied();
        if inode.is_none() && flags.contains("O_CREAT") {
            self.last_inode += 1;
            inode = Some(self.last_inode);
            self.names.insert(path.clone(), self.last_inode);
            self.changes.push(Change::Create { path: path.clone(), inode: self.last_inode });
        } else if let (Some(inode), true) = (inode, flags.contains("O_TRUNC")) {
            self.changes.push(Change::Truncate { inode, len: 0 });
        }
        self.open.insert(fd, Open { path, inode, position: 0 });
    }

    fn write(&mut self, fd: i64, arguments: &[&str], written: usize) {
        let mut bytes = unescape(arguments[1]);
        bytes.truncate(written);
        if fd == 1 {
            let text = String::from_utf8_lossy(&bytes);
            for line in text.lines().filter_map(|line| line.strip_prefix("durable ")) {
                self.changes.extend(line.parse().ok().map(Change::Reported));
            }
            return;
        }
        let Some(open) = self.open.get_mut(&fd) else { return };
        let Some(inode) = open.inode else { return };
        let offset = match arguments.get(3).and_then(|text| text.parse().ok()) {
            Some(offset) => offset,
            None => {
                open.position += written;
                open.position - written
            }
        };
        let size = self.sizes.entry(inode).or_default();
        *size = (*size).max(offset + written);
        self.changes.push(Change::Write { inode, offset, bytes });
    }

    fn change_file(&mut self, fd: i64, change: impl Fn(Inode) -> Change) {
        if let Some(inode) = self.open.get(&fd).and_then(|open| open.inode) {
            self.changes.push(change(inode));
        }
    }

    fn sync(&mut self, fd: i64, began: usize) {
        let Some(open) = self.open.get(&fd) else { return };
        let (inode, path) = (open.inode, open.path.clone());
        self.changes.push(Change::Sync { inode, path, began, deaf: false });
    }

    fn rename(&mut self, from: &str, to: &str) {
        let (Some(from), Some(to)) = (self.below_root(from), self.below_root(to)) else { return };
        let inode = self.names.remove(&from);
        if let Some(inode) = inode {
            self.names.insert(to.clone(), inode);
        }
        self.changes.push(Change::Rename { from, to, inode });
    }

    fn remove(&mut self, path: &str) {
        let Some(path) = self.below_root(path) else { return };
        self.names.remove(&path);
        self.changes.push(Change::Remove { path });
    }

    fn mkdir(&mut self, path: &str) {
        if let Some(path) = self.below_root(path) {
            self.changes.push(Change::MakeDir { path });
        }
    }

    fn below_root(&self, quoted: &str) -> Option<PathBuf> {
        let path = PathBuf::from(String::from_utf8(unescape(quoted)).ok()?);
        path.strip_prefix(&self.root).ok().map(Path::to_owned)
    }
}

/// The bytes of a string that strace wrote in hexadecimal.
fn unescape(quoted: &str) -> Vec<u8> {
    let hex = quoted.trim_matches('"').split("\\x").skip(1);
    hex.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}

fn next(random: &mut u64) -> u64 {
    *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    *random >> 33
}

/// What a file system writes back at once.
const PAGE: usize = 4096;
