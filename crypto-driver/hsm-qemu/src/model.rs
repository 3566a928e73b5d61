//! The emulated board as a back end of the HSM driver, in place of the simulator.
#![forbid(unsafe_code)]

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command as Process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use v2gcrypt_crypto_driver::hsm::config::CryptoHsm_TransportType;
use v2gcrypt_hsm_protocol::algorithm::Lifecycle;
use v2gcrypt_hsm_protocol::layout::HOST_STATUS;
use v2gcrypt_hsm_protocol::Opcode;
use v2gcrypt_hsm_sim::{Bell, HsmModel, Options};

use crate::emulator::ENTROPY_SOURCE;
use crate::layout::{COUNTER_OFFSET, FLASH_BYTES, FLASH_OFFSET, HOST_BYTES};
use crate::{ffi, Client, Command, Emulator, Error, IMAGE_VARIABLE};

/// An emulated board that the driver may look at for as long as the process runs.
pub struct Board {
    emulator: Emulator,
    begin: Instant,
    flash_file: Option<PathBuf>,
    /// For interrupt handlers.
    to_host: Bell,
    /// For synchronous calls.
    pub(crate) to_waiting: Bell,
}

impl Board {
    /// A new one with the image that the environment names, and its power on; `None` if it names none. As with the simulator, a new one is
    /// delivered in the factory state if the options say so. The shared memory has a length of its own.
    pub fn from_environment(options: &Options) -> Option<Result<&'static Self, Error>> {
        std::env::var_os(IMAGE_VARIABLE).map(|image| Self::new(image.into(), options))
    }

    fn new(image: PathBuf, options: &Options) -> Result<&'static Self, Error> {
        let emulator = Emulator::new(&image, ENTROPY_SOURCE.as_ref())?;
        let flash_file = options.flash_file.clone();
        let (to_host, to_waiting) = (Bell::new(), Bell::new());
        let board = Self { emulator, begin: Instant::now(), flash_file, to_host, to_waiting };
        let is_new = !board.load_flash()?;
        let board: &'static Self = Box::leak(Box::new(board));
        end_with_the_process(board);
        board.emulator.power_on()?;
        if is_new && options.factory {
            board.deliver()?;
        }
        thread::spawn(move || board.hear());
        Ok(board)
    }

    /// The emulator itself.
    pub fn emulator(&self) -> &Emulator {
        &self.emulator
    }

    /// Microseconds since it was made.
    pub(crate) fn now(&self) -> u32 {
        self.begin.elapsed().as_micros() as u32
    }

    /// Goes on to the factory state, and leaves nothing else behind: the driver's first connection is the first.
    fn deliver(&self) -> Result<(), Error> {
        let mut client = Client::connect(&self.emulator);
        client.call(Command::new(Opcode::LifecycleAdvance).parameter(Lifecycle::Factory as u32)).succeeded();
        self.emulator.power_off();
        if let Some(status) = self.emulator.words().get(HOST_STATUS) {
            status.store(0, Ordering::Release);
        }
        self.emulator.power_on()
    }

    /// Passes the emulator's interrupts on, for ever.
    fn hear(&self) {
        loop {
            let channels = self.emulator.wait_for_channels(Duration::from_millis(100)).into();
            if channels != 0 {
                self.to_host.ring(channels);
                self.to_waiting.ring(channels);
            } else if self.emulator.process_id().is_none() {
                thread::sleep(Duration::from_millis(1));
            }
        }
    }

    /// What the file has, as the simulator's: each word, and how it differs in the memory.
    fn stored_words(&self) -> impl Iterator<Item = (&AtomicU32, u32)> {
        let flash = self.emulator.words_at(FLASH_OFFSET, FLASH_BYTES / 4).iter().map(|word| (word, !0));
        flash.chain(self.emulator.words_at(COUNTER_OFFSET, 1).iter().map(|word| (word, 0)))
    }

    /// True: there was a flash.
    fn load_flash(&self) -> io::Result<bool> {
        let Some(file) = &self.flash_file else { return Ok(false) };
        let bytes = match fs::read(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            bytes => bytes?,
        };
        if bytes.len() != FLASH_BYTES + 4 {
            return Err(io::Error::other("not the flash of a HSM"));
        }
        for ((word, mask), bytes) in self.stored_words().zip(bytes.chunks_exact(4)) {
            word.store(mask ^ bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte)), Ordering::Release);
        }
        Ok(true)
    }

    fn save_flash(&self) {
        if let Some(file) = &self.flash_file {
            let load = |(word, mask): (&AtomicU32, u32)| (word.load(Ordering::Acquire) ^ mask).to_le_bytes();
            let bytes: Vec<u8> = self.stored_words().flat_map(load).collect();
            fs::write(file, bytes).expect("the file of the flash can be written");
        }
    }
}

/// The HSM of the process is to be a board with the image that the environment names, in place of the simulator. False: there is one.
pub fn use_for_process() -> bool {
    v2gcrypt_hsm_sim::use_model(|options| {
        let board = Board::from_environment(&options).unwrap_or(Err(Error::NoImage));
        board.map(|board| board as &dyn HsmModel).map_err(|error| {
            // The C interface has no room for it.
            eprintln!("the emulated HSM: {error}");
            io::Error::other(error)
        })
    })
}

/// A process that ends by itself switches its boards off, which writes their flash, and leaves none of their folders behind.
fn end_with_the_process(board: &'static Board) {
    static BOARDS: Mutex<Vec<&Board>> = Mutex::new(Vec::new());
    static ONCE: Once = Once::new();
    extern "C" fn end() {
        let boards = std::mem::take(&mut *BOARDS.lock().unwrap_or_else(PoisonError::into_inner));
        for board in boards {
            board.stop();
            board.emulator.remove_folder();
        }
    }
    BOARDS.lock().unwrap_or_else(PoisonError::into_inner).push(board);
    ONCE.call_once(|| ffi::at_exit(end));
}

impl HsmModel for Board {
    fn start(&self) {
        if self.emulator.process_id().is_none() {
            self.emulator.power_on().unwrap_or_else(|error| panic!("{error}"));
        }
    }

    fn stop(&self) {
        self.emulator.power_off();
        self.save_flash();
    }

    fn silence(&self, is_silent: bool) {
        if let Some(process) = self.emulator.process_id() {
            let signal = if is_silent { "STOP" } else { "CONT" };
            let status = Process::new("sh").args(["-c", &format!("kill -{signal} {process}")]).status();
            assert!(status.is_ok_and(|status| status.success()), "the emulator takes no signal");
        }
    }

    fn transport(&self) -> CryptoHsm_TransportType {
        ffi::transport(self)
    }

    fn words(&self) -> &'static [AtomicU32] {
        ffi::with_static(self).emulator.words_at(0, HOST_BYTES / 4)
    }

    fn wait_for_bell(&self, channels: u32, time: Duration) -> u32 {
        self.to_host.wait(channels, Some(time))
    }
}
