//! A disk for SQLite that behaves as disks do when the power goes.
//!
//! What was written and not synced may then be there, not there, or there in part, 512 bytes by 512 bytes and in no
//! order; a file made or deleted and not synced may be there or not. The disk is memory behind SQLite's VFS interface;
//! every write, truncation, sync and deletion is a *step* at which the power can go, the disk be full, or the system
//! fail. This is a file of tests: it holds the only unsafe code of the host.
#![allow(unsafe_code, reason = "SQLite's VFS is a C interface; this file is the one place that speaks it")]

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::sync::{Arc, Mutex, MutexGuard};

use maillon_engine::contract::Chance;
use rusqlite::ffi;

const SECTOR: usize = 512;

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The power goes.
    Cut,
    /// The disk is full, from this step on until told otherwise.
    Full,
    /// An input/output error, once.
    Io,
}

/// Everything on the disk, and what is to happen to it.
#[derive(Debug, Default)]
pub struct Disk {
    files: BTreeMap<String, File>,
    fault: Option<(u64, Fault)>,
    dark: bool,
    /// Steps since the disk was made.
    pub steps: u64,
    /// Decides what survives.
    pub seed: u64,
    /// How many sectors a cut kept whole, lost, or tore: so that a test knows that it tried something.
    pub fate: Fate,
}

/// What became of unsynced sectors.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fate {
    /// Written whole.
    pub kept: u64,
    /// As before.
    pub lost: u64,
    /// The first bytes only.
    pub torn: u64,
}

#[derive(Debug, Default)]
struct File {
    /// What a power cut cannot take; none before the first sync of a new file.
    synced: Option<Vec<u8>>,
    /// What a program reads; none once deleted.
    seen: Option<Vec<u8>>,
    pending: Vec<Change>,
}

#[derive(Debug)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Truncate { length: usize },
}

impl Disk {
    /// At this step, counted from now, that happens.
    pub fn plan(&mut self, in_steps: u64, fault: Fault) {
        self.fault = Some((self.steps + in_steps, fault));
    }

    /// Nothing happens any more, and there is power.
    pub fn restore(&mut self) {
        self.fault = None;
        self.dark = false;
    }

    /// The program is killed: it does nothing more, and the disk keeps all that it wrote.
    pub fn kill(&mut self) {
        self.dark = true;
    }

    /// Whether the power went.
    pub fn is_dark(&self) -> bool {
        self.dark
    }

    /// Empties the disk.
    pub fn wipe(&mut self) {
        let fate = self.fate;
        *self = Disk { fate, ..Disk::default() };
    }

    /// One more step; SQLite's code where it must not be done.
    fn step(&mut self, otherwise: c_int) -> Result<(), c_int> {
        if self.dark {
            return Err(otherwise);
        }
        self.steps += 1;
        match self.fault {
            Some((at, Fault::Cut)) if at <= self.steps => {
                self.cut();
                Err(otherwise)
            }
            Some((at, Fault::Full)) if at <= self.steps => Err(ffi::SQLITE_FULL),
            Some((at, Fault::Io)) if at == self.steps => Err(otherwise),
            _ => Ok(()),
        }
    }

    fn cut(&mut self) {
        let mut chance = Chance(self.seed ^ (self.steps << 20));
        for file in self.files.values_mut() {
            let made_durable = file.synced.is_some() || chance.below(2) == 0;
            let mut content = file.synced.take().unwrap_or_default();
            // A disk that had time for everything, or for nothing, is as likely as one in the middle of its work.
            let mood = chance.below(4);
            for change in std::mem::take(&mut file.pending) {
                match change {
                    Change::Truncate { length } => {
                        if mood == 0 || (mood > 1 && chance.below(2) == 0) {
                            content.truncate(length);
                        }
                    }
                    Change::Write { at, bytes } if mood == 0 => overwrite(&mut content, at, &bytes),
                    Change::Write { .. } if mood == 1 => {}
                    Change::Write { at, bytes } => tear(&mut content, at, &bytes, &mut chance, &mut self.fate),
                }
            }
            // Deleted, and the folder not yet synced: it may come back.
            let survives = made_durable && (file.seen.is_some() || chance.below(2) == 0);
            file.synced = survives.then_some(content);
            file.seen = file.synced.clone();
        }
        self.files.retain(|_, file| file.seen.is_some());
        self.dark = true;
    }

    fn write(&mut self, name: &str, at: usize, bytes: &[u8]) -> Result<(), c_int> {
        let full = matches!(self.fault, Some((step, Fault::Full)) if step <= self.steps + 1);
        let file = self.files.get_mut(name).ok_or(ffi::SQLITE_IOERR_WRITE)?;
        // Noted before the step: where the power goes at this very write, part of it may be there.
        if !self.dark && !full {
            file.pending.push(Change::Write { at, bytes: bytes.to_vec() });
        }
        self.step(ffi::SQLITE_IOERR_WRITE)?;
        let file = self.files.get_mut(name).ok_or(ffi::SQLITE_IOERR_WRITE)?;
        overwrite(file.seen.get_or_insert_default(), at, bytes);
        Ok(())
    }

    fn truncate(&mut self, name: &str, length: usize) -> Result<(), c_int> {
        // A full disk lets files be cut short.
        match self.step(ffi::SQLITE_IOERR_TRUNCATE) {
            Err(ffi::SQLITE_FULL) | Ok(()) => {}
            Err(code) => return Err(code),
        }
        let file = self.files.get_mut(name).ok_or(ffi::SQLITE_IOERR_TRUNCATE)?;
        file.pending.push(Change::Truncate { length });
        file.seen.get_or_insert_default().truncate(length);
        Ok(())
    }

    fn sync(&mut self, name: &str) -> Result<(), c_int> {
        match self.step(ffi::SQLITE_IOERR_FSYNC) {
            Err(ffi::SQLITE_FULL) | Ok(()) => {}
            Err(code) => return Err(code),
        }
        let file = self.files.get_mut(name).ok_or(ffi::SQLITE_IOERR_FSYNC)?;
        file.synced.clone_from(&file.seen);
        file.pending.clear();
        Ok(())
    }

    fn delete(&mut self, name: &str, synced: bool) -> Result<(), c_int> {
        match self.step(ffi::SQLITE_IOERR_DELETE) {
            Err(ffi::SQLITE_FULL) | Ok(()) => {}
            Err(code) => return Err(code),
        }
        match self.files.get_mut(name) {
            None => Err(ffi::SQLITE_IOERR_DELETE_NOENT),
            Some(_) if synced => {
                self.files.remove(name);
                Ok(())
            }
            Some(file) => {
                file.seen = None;
                Ok(())
            }
        }
    }

    fn seen(&self, name: &str) -> Option<&Vec<u8>> {
        self.files.get(name)?.seen.as_ref()
    }
}

/// Each sector kept, lost, or torn.
fn tear(content: &mut Vec<u8>, at: usize, bytes: &[u8], chance: &mut Chance, fate: &mut Fate) {
    let mut done = 0;
    while done < bytes.len() {
        let end = (done + SECTOR - (at + done) % SECTOR).min(bytes.len());
        match chance.below(5) {
            0 | 1 => fate.lost += 1,
            2 => {
                let torn = done + chance.below((end - done) as u64) as usize;
                overwrite(content, at + done, &bytes[done..torn]);
                fate.torn += 1;
            }
            _ => {
                overwrite(content, at + done, &bytes[done..end]);
                fate.kept += 1;
            }
        }
        done = end;
    }
}

/// A hole reads as zeros.
fn overwrite(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    if content.len() < at + bytes.len() {
        content.resize(at + bytes.len(), 0);
    }
    content[at..at + bytes.len()].copy_from_slice(bytes);
}

/// A disk that SQLite knows by name.
#[derive(Clone)]
pub struct Vfs {
    name: &'static str,
    disk: Arc<Mutex<Disk>>,
}

impl Vfs {
    /// Registers a disk under a name, for the whole life of the program.
    pub fn register(name: &'static str) -> Self {
        let disk = Arc::new(Mutex::new(Disk::default()));
        let c_name = CString::new(name).expect("a name without zeros");
        let vfs = Box::new(ffi::sqlite3_vfs {
            iVersion: 2,
            szOsFile: size_of::<Open>() as c_int,
            mxPathname: 1024,
            pNext: std::ptr::null_mut(),
            zName: c_name.into_raw(),
            pAppData: Box::into_raw(Box::new(Arc::clone(&disk))).cast(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_pathname),
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(randomness),
            xSleep: Some(sleep),
            xCurrentTime: Some(current_time),
            xGetLastError: Some(last_error),
            xCurrentTimeInt64: Some(current_time_int64),
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        });
        // SAFETY: the structure, its name and its disk are leaked, and so outlive every connection.
        let code = unsafe { ffi::sqlite3_vfs_register(Box::into_raw(vfs), 0) };
        assert_eq!(code, ffi::SQLITE_OK);
        Vfs { name, disk }
    }

    /// What to open a store with.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The disk. Let it go before SQLite is called.
    pub fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().expect("no test panics while it holds the disk")
    }
}

/// An open file, in memory that SQLite gives.
#[repr(C)]
struct Open {
    base: ffi::sqlite3_file,
    /// The disk, borrowed from the VFS that is never unregistered.
    disk: *const Mutex<Disk>,
    /// Boxed; freed at the closing.
    name: *mut String,
    delete_on_close: bool,
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 1,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(lock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    // No shared memory: the store must do without, as it says.
    xShmMap: None,
    xShmLock: None,
    xShmBarrier: None,
    xShmUnmap: None,
    xFetch: None,
    xUnfetch: None,
};

/// SAFETY of all below: SQLite calls these with the VFS that was registered, with files that [`open`] filled, and with
/// buffers of the lengths that it says.
unsafe fn disk_of<'a>(vfs: *mut ffi::sqlite3_vfs) -> MutexGuard<'a, Disk> {
    let disk: &'a Arc<Mutex<Disk>> = unsafe { &*(*vfs).pAppData.cast() };
    disk.lock().expect("no test panics while it holds the disk")
}

unsafe fn file_of<'a>(file: *mut ffi::sqlite3_file) -> (MutexGuard<'a, Disk>, &'a str) {
    let open = unsafe { &*file.cast::<Open>() };
    let (disk, name): (&'a Mutex<Disk>, &'a String) = unsafe { (&*open.disk, &*open.name) };
    (disk.lock().expect("no test panics while it holds the disk"), name)
}

/// Only the last part of a path: the disk is one folder.
unsafe fn name_of(path: *const c_char) -> String {
    if path.is_null() {
        return "temporary".into();
    }
    let path = unsafe { CStr::from_ptr(path) }.to_string_lossy();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

fn code(done: Result<(), c_int>) -> c_int {
    done.err().unwrap_or(ffi::SQLITE_OK)
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    path: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    unsafe {
        (*file).pMethods = std::ptr::null();
        let name = name_of(path);
        let mut disk = disk_of(vfs);
        if disk.dark {
            return ffi::SQLITE_CANTOPEN;
        }
        if disk.seen(&name).is_none() {
            if flags & ffi::SQLITE_OPEN_CREATE == 0 {
                return ffi::SQLITE_CANTOPEN;
            }
            let entry = disk.files.entry(name.clone()).or_default();
            // Deleted and made again before anything was synced: what the platter has of it is still the old.
            entry.pending.push(Change::Truncate { length: 0 });
            entry.seen = Some(Vec::new());
        }
        drop(disk);
        let shared: &Arc<Mutex<Disk>> = &*(*vfs).pAppData.cast();
        file.cast::<Open>().write(Open {
            base: ffi::sqlite3_file { pMethods: &METHODS },
            disk: Arc::as_ptr(shared),
            name: Box::into_raw(Box::new(name)),
            delete_on_close: flags & ffi::SQLITE_OPEN_DELETEONCLOSE != 0,
        });
        if !out_flags.is_null() {
            *out_flags = flags;
        }
        ffi::SQLITE_OK
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe {
        let open = &*file.cast::<Open>();
        if open.delete_on_close {
            let (mut disk, name) = file_of(file);
            disk.files.remove(name);
        }
        drop(Box::from_raw(open.name));
        (*file).pMethods = std::ptr::null();
        ffi::SQLITE_OK
    }
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    to: *mut c_void,
    length: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    let (disk, name) = unsafe { file_of(file) };
    if disk.dark {
        return ffi::SQLITE_IOERR_READ;
    }
    let Some(seen) = disk.seen(name) else { return ffi::SQLITE_IOERR_READ };
    let to = unsafe { std::slice::from_raw_parts_mut(to.cast::<u8>(), length as usize) };
    let from = seen.get(at as usize..).unwrap_or_default();
    let there = from.len().min(to.len());
    to[..there].copy_from_slice(&from[..there]);
    to[there..].fill(0);
    if there == to.len() { ffi::SQLITE_OK } else { ffi::SQLITE_IOERR_SHORT_READ }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    length: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    let (mut disk, name) = unsafe { file_of(file) };
    let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), length as usize) };
    code(disk.write(name, at as usize, bytes))
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: ffi::sqlite3_int64) -> c_int {
    let (mut disk, name) = unsafe { file_of(file) };
    code(disk.truncate(name, length as usize))
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    let (mut disk, name) = unsafe { file_of(file) };
    code(disk.sync(name))
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, size: *mut ffi::sqlite3_int64) -> c_int {
    let (disk, name) = unsafe { file_of(file) };
    unsafe { *size = disk.seen(name).map_or(0, Vec::len) as ffi::sqlite3_int64 };
    ffi::SQLITE_OK
}

/// One program: its locks are always given.
unsafe extern "C" fn lock(_: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    ffi::SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(_: *mut ffi::sqlite3_file, held: *mut c_int) -> c_int {
    unsafe { *held = 0 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn file_control(_: *mut ffi::sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    ffi::SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    4096
}

/// As the system's own VFS says: a write never harms the bytes beside it.
unsafe extern "C" fn device_characteristics(_: *mut ffi::sqlite3_file) -> c_int {
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, path: *const c_char, sync_dir: c_int) -> c_int {
    let (mut disk, name) = unsafe { (disk_of(vfs), name_of(path)) };
    code(disk.delete(&name, sync_dir != 0))
}

unsafe extern "C" fn access(vfs: *mut ffi::sqlite3_vfs, path: *const c_char, _: c_int, there: *mut c_int) -> c_int {
    let (disk, name) = unsafe { (disk_of(vfs), name_of(path)) };
    // An empty file is none, as in the system's own VFS.
    unsafe { *there = disk.seen(&name).is_some_and(|seen| !seen.is_empty()).into() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn full_pathname(
    _: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    let path = unsafe { CStr::from_ptr(path) }.to_bytes_with_nul();
    if path.len() > room as usize {
        return ffi::SQLITE_CANTOPEN;
    }
    unsafe { out.copy_from_nonoverlapping(path.as_ptr().cast(), path.len()) };
    ffi::SQLITE_OK
}

/// The log's salts: drawn on, so that an old frame is never taken for a new one, and alike at each run.
unsafe extern "C" fn randomness(vfs: *mut ffi::sqlite3_vfs, length: c_int, out: *mut c_char) -> c_int {
    let mut disk = unsafe { disk_of(vfs) };
    let out = unsafe { std::slice::from_raw_parts_mut(out.cast::<u8>(), length as usize) };
    disk.seed = disk.seed.wrapping_add(1);
    let mut chance = Chance(disk.seed);
    out.fill_with(|| chance.draw() as u8);
    length
}

unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    microseconds
}

unsafe extern "C" fn current_time(_: *mut ffi::sqlite3_vfs, now: *mut f64) -> c_int {
    unsafe { *now = 2_461_000.5 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn current_time_int64(_: *mut ffi::sqlite3_vfs, now: *mut ffi::sqlite3_int64) -> c_int {
    unsafe { *now = 212_630_443_200_000 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn last_error(_: *mut ffi::sqlite3_vfs, _: c_int, _: *mut c_char) -> c_int {
    0
}
