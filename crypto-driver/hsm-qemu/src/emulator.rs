//! One emulator process, its shared memory and its doorbell.
#![forbid(unsafe_code)]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::ffi::SharedFile;
use crate::layout::trace::{ENTROPY, RESETS};
use crate::layout::{SHARED_BYTES, TRACE_OFFSET};
use crate::Crash;

/// Environment variable with the path of the image.
pub const IMAGE_VARIABLE: &str = "V2GCRYPT_HSM_IMAGE";

/// Environment variable with the seconds that a test waits for anything. Long by default, since a busy machine is no failure.
pub const PATIENCE_VARIABLE: &str = "V2GCRYPT_HSM_PATIENCE";

/// How long a test waits for anything before it gives up: [`PATIENCE_VARIABLE`], or a minute.
pub fn patience() -> Duration {
    let seconds = std::env::var(PATIENCE_VARIABLE).ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(60))
}

/// What the board's TRNG reads, unless a test says otherwise.
pub(crate) const ENTROPY_SOURCE: &str = "/dev/urandom";

const PAUSE: Duration = Duration::from_millis(1);

/// Why there is no emulator.
#[derive(Debug)]
pub enum Error {
    /// [`IMAGE_VARIABLE`] is not set.
    NoImage,
    /// A file, the socket or the process.
    Io(io::Error),
    /// The process ended; what it wrote to stderr.
    Ended(Option<ExitStatus>, String),
    /// It runs, and its firmware does not come up: how often its core was reset, and why at last.
    Silent(u32, Option<Crash>),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoImage => write!(f, "{IMAGE_VARIABLE} is not set: run crypto-driver/hsm-firmware/qemu.sh"),
            Self::Io(error) => write!(f, "{error}"),
            Self::Ended(Some(status), text) => write!(f, "the emulator ended with {status}: {text}"),
            Self::Ended(None, text) => write!(f, "the emulator ended: {text}"),
            Self::Silent(resets, crash) => write!(f, "the firmware does not come up: {resets} resets, {crash:?}"),
        }
    }
}

impl std::error::Error for Error {}

/// An emulated board with the firmware's image. All methods may be called from any thread; the process ends with this value.
pub struct Emulator {
    image: PathBuf,
    entropy: PathBuf,
    folder: Folder,
    shared: SharedFile,
    running: Mutex<Option<Running>>,
}

struct Running {
    child: Child,
    bell: Arc<UnixStream>,
}

impl Drop for Running {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Runs the emulator, and kills it on a line, or at the end of input, which comes when this process has ended in whatever way; then the
/// folder has no use any more. Arguments: the folder, the source of entropy, the emulator's command.
const SUPERVISOR: &str = r#"
folder=$1 entropy=$2
shift 2
exec 3<&0
"$@" <"$entropy" 3<&- &
emulator=$!
{ read -r _ <&3 || rm -rf "$folder"; kill -9 $emulator; } 2>/dev/null &
supervisor=$!
wait $emulator
status=$?
kill $supervisor 2>/dev/null
exit $status
"#;

/// Has the supervisor kill the emulator, unless it has ended by itself, and waits for both.
fn end(child: &mut Child) {
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(b"end\n");
    }
    let _ = child.wait();
}

impl Emulator {
    /// Starts the image that the environment names, with empty memory, and waits until its firmware is up.
    pub fn from_environment() -> Result<Self, Error> {
        Self::start(Path::new(&std::env::var_os(IMAGE_VARIABLE).ok_or(Error::NoImage)?))
    }

    /// Starts an image, with empty memory, and waits until its firmware is up.
    pub fn start(image: &Path) -> Result<Self, Error> {
        let emulator = Self::new(image, Path::new(ENTROPY_SOURCE))?;
        emulator.power_on()?;
        Ok(emulator)
    }

    /// An emulator that is off; `entropy` is what its TRNG reads.
    pub fn new(image: &Path, entropy: &Path) -> Result<Self, Error> {
        let folder = Folder::new()?;
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(folder.memory())?;
        file.set_len(SHARED_BYTES as u64)?;
        let shared = SharedFile::map(&file)?;
        Ok(Self { image: image.to_owned(), entropy: entropy.to_owned(), folder, shared, running: Mutex::new(None) })
    }

    /// The shared memory, all of it; see [`crate::layout`].
    pub fn words(&self) -> &[AtomicU32] {
        self.shared.words()
    }

    /// The words from a byte offset of the shared memory on.
    pub fn words_at(&self, offset: usize, count: usize) -> &[AtomicU32] {
        self.words().get(offset / 4..).and_then(|words| words.get(..count)).unwrap_or(&[])
    }

    pub(crate) fn trace_page(&self) -> &[AtomicU32] {
        self.words_at(TRACE_OFFSET, 64)
    }

    /// Starts the process and waits until its firmware is up. The memory, and so the flash, is as the last process left it.
    pub fn power_on(&self) -> Result<(), Error> {
        self.start_process()?;
        let deadline = Instant::now() + patience();
        while !self.is_ready() {
            if let Some(status) = self.ended() {
                return Err(Error::Ended(Some(status), self.folder.stderr_text()));
            }
            if Instant::now() > deadline {
                return Err(Error::Silent(self.trace(RESETS), self.last_crash()));
            }
            thread::sleep(PAUSE);
        }
        // On a busy machine the source of entropy may come late, and a first command that needs some would be told to retry.
        if self.entropy == Path::new(ENTROPY_SOURCE) {
            self.wait_until(patience(), || self.trace(ENTROPY) == 1);
        }
        Ok(())
    }

    /// Kills the process, at whatever it is: a loss of power.
    pub fn power_off(&self) {
        *self.lock() = None;
        self.forget_ready();
    }

    /// For an emulator that is off and is not dropped: nothing of it stays but the memory as this process sees it.
    pub(crate) fn remove_folder(&self) {
        let _ = fs::remove_dir_all(&self.folder.0);
    }

    /// Loss of power, and a new start.
    pub fn restart(&self) -> Result<(), Error> {
        self.power_off();
        self.power_on()
    }

    /// Rings the firmware's doorbell. Where no process runs, nothing happens: the host of a chip does not learn that either.
    pub fn ring(&self) {
        let bell = self.bell();
        if let Some(bell) = bell {
            // A full socket holds bytes that have yet to ring.
            let _ = (&*bell).write(&[1]);
        }
    }

    /// Waits until the firmware interrupts the host. False: it did not in this time, or there is no process.
    pub fn wait(&self, timeout: Duration) -> bool {
        self.wait_for_channels(timeout) != 0
    }

    /// As [`Emulator::wait`]: bit c means "responses in channel c"; 0: no interrupt.
    pub fn wait_for_channels(&self, timeout: Duration) -> u8 {
        let Some(bell) = self.bell() else { return 0 };
        let deadline = Instant::now() + timeout;
        let mut bytes = [0; 64];
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || bell.set_read_timeout(Some(left)).is_err() {
                return 0;
            }
            match (&*bell).read(&mut bytes) {
                Ok(0) => return 0,
                Ok(count) => return bytes.iter().take(count).fold(0, |channels, byte| channels | byte),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return 0,
            }
        }
    }

    /// Waits until `done`, looking whenever the firmware interrupts and every few milliseconds.
    pub fn wait_until(&self, timeout: Duration, mut done: impl FnMut() -> bool) -> bool {
        let deadline = Instant::now() + timeout;
        loop {
            if done() {
                return true;
            }
            if Instant::now() > deadline {
                return false;
            }
            if !self.wait(Duration::from_millis(5)) && self.bell().is_none() {
                thread::sleep(PAUSE);
            }
        }
    }

    /// The process's exit, if it has ended by itself.
    pub fn ended(&self) -> Option<ExitStatus> {
        self.lock().as_mut().and_then(|running| running.child.try_wait().ok().flatten())
    }

    /// Number of the emulator's process, while it runs.
    pub fn process_id(&self) -> Option<u32> {
        self.lock().as_ref()?;
        fs::read_to_string(self.folder.0.join("pid")).ok()?.trim().parse().ok()
    }

    fn start_process(&self) -> Result<(), Error> {
        let mut running = self.lock();
        *running = None;
        self.forget_ready();
        let socket = self.folder.0.join("bell");
        let _ = fs::remove_file(&socket);
        let listener = UnixListener::bind(&socket)?;
        listener.set_nonblocking(true)?;
        let mut child = Command::new("sh")
            .args(["-c", SUPERVISOR, "sh"])
            .args([self.folder.0.as_os_str(), self.entropy.as_os_str(), "qemu-system-arm".as_ref(), "-pidfile".as_ref()])
            .arg(self.folder.0.join("pid"))
            .args(["-M", "mps2-an385,memory-backend=ps", "-display", "none", "-monitor", "none"])
            // One nanosecond per instruction: a time is a number of instructions.
            .args(["-accel", "tcg,tb-size=32", "-icount", "shift=0"])
            .arg("-object")
            .arg(option(&format!("memory-backend-file,id=ps,size={SHARED_BYTES},share=on,mem-path="), &self.folder.memory()))
            .arg("-chardev")
            .arg(option("socket,id=bell,path=", &socket))
            .args(["-chardev", "stdio,id=entropy,signal=off"])
            .args(["-serial", "chardev:bell", "-serial", "chardev:entropy", "-kernel"])
            .arg(&self.image)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(File::create(self.folder.stderr())?)
            .spawn()?;
        match accept(&listener, &mut child) {
            Ok(bell) => {
                *running = Some(Running { child, bell: Arc::new(bell) });
                Ok(())
            }
            Err(error) => {
                end(&mut child);
                let status = child.wait().ok();
                Err(if error.kind() == ErrorKind::BrokenPipe {
                    Error::Ended(status, self.folder.stderr_text())
                } else {
                    error.into()
                })
            }
        }
    }

    fn bell(&self) -> Option<Arc<UnixStream>> {
        self.lock().as_ref().map(|running| Arc::clone(&running.bell))
    }

    fn lock(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The emulator's connection, or `BrokenPipe` when it has ended instead.
fn accept(listener: &UnixListener, child: &mut Child) -> io::Result<UnixStream> {
    let deadline = Instant::now() + patience();
    loop {
        match listener.accept() {
            Ok((bell, _)) => {
                bell.set_nonblocking(false)?;
                bell.set_write_timeout(Some(PAUSE))?;
                return Ok(bell);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        if child.try_wait()?.is_some() {
            return Err(ErrorKind::BrokenPipe.into());
        }
        if Instant::now() > deadline {
            return Err(ErrorKind::TimedOut.into());
        }
        thread::sleep(PAUSE);
    }
}

/// An option of the emulator that ends with a path; a comma in it is doubled.
fn option(start: &str, path: &Path) -> OsString {
    let mut option = OsString::from(start);
    match path.to_str() {
        Some(text) => option.push(text.replace(',', ",,")),
        None => option.push(path),
    }
    option
}

/// A folder of its own for each emulator, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let folder = std::env::temp_dir().join(format!("v2gcrypt-hsm-{}-{number}", std::process::id()));
            match fs::create_dir(&folder) {
                Ok(()) => return Ok(Self(folder)),
                // Left by a process that had this number before.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn memory(&self) -> PathBuf {
        self.0.join("memory")
    }

    fn stderr(&self) -> PathBuf {
        self.0.join("stderr")
    }

    fn stderr_text(&self) -> String {
        fs::read_to_string(self.stderr()).unwrap_or_default()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
