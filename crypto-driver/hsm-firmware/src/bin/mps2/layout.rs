//! Where things are in the memory that the board shares with a host process. Also read by `v2gcrypt-hsm-qemu`, as this very file.
//!
//! The mailbox is all that the firmware's allow-list holds, and all that the host driver sees. The rest stands in for what the chip has and
//! this board has not, or is there for tests; the firmware takes no pointer into it.

/// Bus address of the shared memory, and of its first word: the mailbox.
pub const SHARED_BASE: u32 = 0x2100_0000;
/// Bytes in all.
pub const SHARED_BYTES: usize = 16 << 20;
/// Bytes of the mailbox and its payload area.
pub const HOST_BYTES: usize = 1 << 20;

/// Byte offset of what stands in for DFLASH1, which the host of the chip cannot read. What it keeps over a restart of the emulator is
/// sealed by the firmware, so no secret is in it in clear.
pub const FLASH_OFFSET: usize = 8 << 20;
/// Bytes of it.
pub const FLASH_BYTES: usize = 128 << 10;
/// Byte offset of the word that is the counter that only rises.
pub const COUNTER_OFFSET: usize = 9 << 20;

/// Byte offset of the page of tests: instruction counts, the crash before, wishes.
pub const TRACE_OFFSET: usize = 15 << 20;

/// Words of that page.
pub mod trace {
    /// [`READY_VALUE`] once the firmware serves requests.
    pub const READY: usize = 0;
    /// Resets of the core since power came.
    pub const RESETS: usize = 1;
    /// 0, or what ended the last life: [`CRASH_PANIC`] and so on.
    pub const CRASH: usize = 2;
    /// A panic's line, a fault's status register, an interrupt's number.
    pub const CRASH_DETAIL: usize = 3;
    /// The end of the panic's file name.
    pub const CRASH_FILE: usize = 4;
    /// Bytes of it.
    pub const CRASH_FILE_BYTES: usize = 48;
    /// Ticks of a loop of [`CALIBRATION_ROUNDS`] rounds.
    pub const CALIBRATION: usize = 16;
    /// Bytes of stack used at the deepest; written on [`WISH_STACK`].
    pub const STACK_PEAK: usize = 17;
    /// How often the doorbell exception ran, and its ticks.
    pub const EXCEPTIONS: usize = 18;
    /// See [`EXCEPTIONS`].
    pub const EXCEPTION_TICKS: usize = 19;
    /// Commands of thread mode, and their ticks without those of exceptions.
    pub const COMMANDS: usize = 20;
    /// See [`COMMANDS`].
    pub const COMMAND_TICKS: usize = 21;
    /// How often a doorbell of [`RING_AFTER`] has been served.
    pub const RINGS: usize = 22;
    /// Ticks from the last such doorbell until its exception had begun.
    pub const RING_ENTRY_TICKS: usize = 23;
    /// Ticks from the last such doorbell until its responses were published.
    pub const RING_TICKS: usize = 24;
    /// Ticks of the doorbell exception at its longest.
    pub const EXCEPTION_LONGEST: usize = 26;
    /// The last wish that was heard.
    pub const WISH_DONE: usize = 25;
    /// 1: nothing is under way, and all that was done is counted. 0 as soon as the doorbell exception begins.
    pub const ASLEEP: usize = 27;
    /// 1 while the pool of entropy is full.
    pub const ENTROPY: usize = 28;
    /// The timer when the doorbell exception began last, in ticks.
    pub const EXCEPTION_BEGAN: usize = 29;
    /// The timer when the host was told last of responses in channel 0.
    pub const TOLD: usize = 30;
    /// First word that the host writes. A wish is a number that counts up, times 256, plus its kind.
    pub const WISH: usize = 32;
    /// Not 0: so many ticks after the next command of thread mode has begun, a doorbell rings.
    pub const RING_AFTER: usize = 33;

    /// See [`READY`].
    pub const READY_VALUE: u32 = 0x5452_4345;
    /// A panic ended the last life.
    pub const CRASH_PANIC: u32 = 1;
    /// A fault of the core.
    pub const CRASH_FAULT: u32 = 2;
    /// An interrupt that none expects.
    pub const CRASH_INTERRUPT: u32 = 3;
    /// Wish: a panic in thread mode.
    pub const WISH_PANIC: u32 = 1;
    /// Wish: a read where the board has nothing.
    pub const WISH_FAULT: u32 = 2;
    /// Wish: more stack than there is.
    pub const WISH_OVERFLOW: u32 = 3;
    /// Wish: the stack's peak.
    pub const WISH_STACK: u32 = 4;
    /// Rounds of the loop of known length, of two instructions each.
    pub const CALIBRATION_ROUNDS: u32 = 1_000_000;
}
