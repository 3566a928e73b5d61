//! What this board is: registers, vectors, the memory it shares with the host, and the one place of the image with `unsafe`.
//!
//! Two levels run here: thread mode, and one exception (the doorbell of UART0, and TIMER1 where a test wants a doorbell at an exact
//! moment). Both interrupts have one priority, so neither interrupts the other.
#![allow(unsafe_code)]

use core::arch::{asm, global_asm};
use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::panic::PanicInfo;
use core::ptr;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use crate::entropy;
use crate::image;
use crate::layout::trace::{CRASH_FAULT, CRASH_FILE_BYTES, CRASH_INTERRUPT, CRASH_PANIC};
use crate::layout::{SHARED_BASE, SHARED_BYTES};
use crate::trace;

use cortex_m::interrupt::InterruptNumber;
use cortex_m::peripheral::{Peripherals, MPU, NVIC, SCB};

/// CMSDK UART: the doorbell is the first, the source of entropy the second.
mod uart {
    pub const DOORBELL: usize = 0x4000_4000;
    pub const ENTROPY: usize = 0x4000_5000;
    pub const DATA: usize = 0x00;
    pub const STATE: usize = 0x04;
    pub const STATE_TX_FULL: u32 = 1;
    pub const STATE_RX_FULL: u32 = 2;
    pub const CTRL: usize = 0x08;
    pub const CTRL_TX: u32 = 1;
    pub const CTRL_RX: u32 = 2;
    pub const CTRL_RX_INTERRUPT: u32 = 8;
    pub const INTERRUPT_CLEAR: usize = 0x0C;
    pub const INTERRUPT_RX: u32 = 2;
    pub const BAUD_DIVIDER: usize = 0x10;
}

/// CMSDK timer, 25 MHz, counting down: TIMER0 measures, TIMER1 rings.
mod timer {
    pub const MEASURE: usize = 0x4000_0000;
    pub const RING: usize = 0x4000_1000;
    pub const CTRL: usize = 0x00;
    pub const CTRL_ENABLE: u32 = 1;
    pub const CTRL_INTERRUPT: u32 = 8;
    pub const VALUE: usize = 0x04;
    pub const RELOAD: usize = 0x08;
    pub const INTERRUPT_CLEAR: usize = 0x0C;
}

/// Of the interrupt numbers of the board, those that are used.
#[derive(Clone, Copy)]
enum Interrupt {
    Uart0Rx = 0,
    Uart1Rx = 2,
    Timer1 = 9,
}

// SAFETY: the numbers are those of the board, and fixed.
unsafe impl InterruptNumber for Interrupt {
    fn number(self) -> u16 {
        self as u16
    }
}

/// Above thread mode, below the faults.
const DOORBELL_PRIORITY: u8 = 0x40;

fn register(base: usize, offset: usize) -> *mut u32 {
    ptr::with_exposed_provenance_mut(base + offset)
}

fn read(base: usize, offset: usize) -> u32 {
    // SAFETY: only called with the registers named above, which are on this board and word-aligned.
    unsafe { register(base, offset).read_volatile() }
}

fn write(base: usize, offset: usize, value: u32) {
    // SAFETY: as in `read`.
    unsafe { register(base, offset).write_volatile(value) }
}

/// All the words that a host process shares, the mailbox first.
pub fn shared_words() -> &'static [AtomicU32] {
    // SAFETY: 16 MiB of RAM at this address on this board, aligned, never part of the image's own sections, used as atomics only.
    unsafe { core::slice::from_raw_parts(ptr::with_exposed_provenance(SHARED_BASE as usize), SHARED_BYTES / 4) }
}

#[cortex_m_rt::entry]
fn main() -> ! {
    image::run()
}

/// Regions of the memory protection unit: base, attributes and size, on top of what privileged code has by default.
const PROTECTION: [(u32, u32); 3] = [
    // Below the stack there is nothing: what overflows it is a fault.
    (0x1FFF_0000, mpu::NO_ACCESS | mpu::EXECUTE_NEVER | mpu::size(64 << 10)),
    // Code is never written,
    (0x0000_0000, mpu::READ_ONLY | mpu::size(4 << 20)),
    // and what the host or an attacker can write is never code.
    (0x2000_0000, mpu::READ_WRITE | mpu::EXECUTE_NEVER | mpu::size(512 << 20)),
];

mod mpu {
    pub const NO_ACCESS: u32 = 0;
    pub const READ_WRITE: u32 = 1 << 24;
    pub const READ_ONLY: u32 = 5 << 24;
    pub const EXECUTE_NEVER: u32 = 1 << 28;
    pub const ADDRESS_VALID: u32 = 1 << 4;
    pub const ENABLE_WITH_DEFAULT_MAP: u32 = 5;

    pub const fn size(bytes: u32) -> u32 {
        (bytes.trailing_zeros() - 1) << 1 | 1
    }
}

fn protect_memory() {
    for (number, (base, attributes)) in (0..).zip(PROTECTION) {
        // SAFETY: registers of the core; nothing that the image does needs what these regions take away.
        unsafe {
            (*MPU::PTR).rbar.write(base | mpu::ADDRESS_VALID | number);
            (*MPU::PTR).rasr.write(attributes);
        }
    }
    // SAFETY: as above.
    unsafe { (*MPU::PTR).ctrl.write(mpu::ENABLE_WITH_DEFAULT_MAP) };
    cortex_m::asm::dsb();
    cortex_m::asm::isb();
}

/// Sets up memory protection, timers, doorbell and priorities. Interrupts stay off until [`open_doorbell`].
pub fn start() {
    protect_memory();
    write(timer::MEASURE, timer::RELOAD, u32::MAX);
    write(timer::MEASURE, timer::VALUE, u32::MAX);
    write(timer::MEASURE, timer::CTRL, timer::CTRL_ENABLE);
    write(uart::ENTROPY, uart::BAUD_DIVIDER, 16);
    write(uart::ENTROPY, uart::CTRL, uart::CTRL_RX | uart::CTRL_RX_INTERRUPT);
    write(uart::DOORBELL, uart::BAUD_DIVIDER, 16);
    write(uart::DOORBELL, uart::CTRL, uart::CTRL_TX | uart::CTRL_RX | uart::CTRL_RX_INTERRUPT);
}

/// From here on the doorbell exception runs.
pub fn open_doorbell() {
    if let Some(mut peripherals) = Peripherals::take() {
        for interrupt in [Interrupt::Uart0Rx, Interrupt::Uart1Rx, Interrupt::Timer1] {
            // SAFETY: no critical section here rests on priorities.
            unsafe { peripherals.NVIC.set_priority(interrupt, DOORBELL_PRIORITY) };
            // SAFETY: nor on an interrupt being masked.
            unsafe { NVIC::unmask(interrupt) };
        }
    }
    // SAFETY: what the exception uses has been built by now.
    unsafe { cortex_m::interrupt::enable() };
}

/// Ticks of 25 MHz since the start; wraps. With one nanosecond per instruction a tick is 40 instructions.
pub fn ticks() -> u32 {
    u32::MAX - read(timer::MEASURE, timer::VALUE)
}

/// Runs exactly `2 * rounds + 1` instructions, to prove what a tick is.
pub fn known_loop(rounds: u32) {
    // SAFETY: touches a register and the flags only.
    unsafe {
        asm!("2: subs {0}, {0}, #1", "bne 2b", "nop", inout(reg) rounds => _, options(nomem, nostack));
    }
}

/// One byte of entropy, where one has come.
pub fn entropy_byte() -> Option<u8> {
    if read(uart::ENTROPY, uart::STATE) & uart::STATE_RX_FULL == 0 {
        return None;
    }
    Some(read(uart::ENTROPY, uart::DATA) as u8)
}

/// Interrupts the host: bit c says "responses in channel c". Where a byte is still under way the host is about to be interrupted anyhow.
pub fn interrupt_host(channels: u8) {
    if read(uart::DOORBELL, uart::STATE) & uart::STATE_TX_FULL == 0 {
        write(uart::DOORBELL, uart::DATA, channels.into());
    }
}

/// Makes the doorbell exception run as soon as it may, from either level.
pub fn pend_doorbell() {
    NVIC::pend(Interrupt::Uart0Rx);
}

/// Runs the exception once more in `ticks` from now, as a doorbell of that moment would.
pub fn ring_after(ticks: u32) {
    write(timer::RING, timer::CTRL, 0);
    write(timer::RING, timer::RELOAD, u32::MAX);
    write(timer::RING, timer::VALUE, ticks.max(1));
    write(timer::RING, timer::CTRL, timer::CTRL_ENABLE | timer::CTRL_INTERRUPT);
}

/// Takes [`ring_after`] back.
pub fn ring_never() {
    write(timer::RING, timer::CTRL, 0);
    write(timer::RING, timer::INTERRUPT_CLEAR, 1);
}

/// Ticks since the moment that [`ring_after`] set.
pub fn ticks_since_ring() -> u32 {
    // At the moment itself the timer is at 0, a tick later at its reload value.
    0u32.wrapping_sub(read(timer::RING, timer::VALUE))
}

/// Why the exception runs.
pub enum Ring {
    Doorbell,
    /// The moment that [`ring_after`] set.
    Timer,
}

/// Set by the exception, taken by thread mode before it sleeps: between its last look and its sleep nothing is lost.
static WOKEN: AtomicBool = AtomicBool::new(false);

/// Waits for the exception, unless it has run since [`sleep`] last returned.
pub fn sleep() {
    cortex_m::interrupt::disable();
    if !WOKEN.load(Ordering::Relaxed) {
        trace::asleep(true);
        // With interrupts off it still wakes, and the exception runs after `enable`.
        cortex_m::asm::wfi();
    }
    WOKEN.store(false, Ordering::Relaxed);
    // SAFETY: they were on before.
    unsafe { cortex_m::interrupt::enable() };
}

/// What one level alone may touch.
pub struct OneLevel<T>(UnsafeCell<MaybeUninit<T>>);

// SAFETY: `put` runs before the doorbell is open, `with` in the exception, which does not interrupt itself, or before it may run.
unsafe impl<T> Sync for OneLevel<T> {}

impl<T> OneLevel<T> {
    pub const fn new() -> Self {
        Self(UnsafeCell::new(MaybeUninit::uninit()))
    }

    /// Called once by `main`, before [`open_doorbell`].
    pub fn put(&self, value: T) {
        // SAFETY: the exception does not run yet, and `main` is alone.
        unsafe { (*self.0.get()).write(value) };
    }

    /// Called by the exception only, and by `main` between [`OneLevel::put`] and [`open_doorbell`].
    pub fn with<R>(&self, use_it: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: interrupts are opened after `put`, and both interrupts that come here have one priority.
        unsafe { use_it((*self.0.get()).assume_init_mut()) }
    }
}

/// What belongs to whoever puts it there: thread mode. In RAM of its own rather than on the stack, so that the linker counts it.
pub struct Owned<T>(UnsafeCell<MaybeUninit<T>>);

// SAFETY: `set` runs once, before the doorbell is open; what it gives is an exclusive reference like any other.
unsafe impl<T> Sync for Owned<T> {}

impl<T> Owned<T> {
    pub const fn new() -> Self {
        Self(UnsafeCell::new(MaybeUninit::uninit()))
    }

    /// Called once by `main`, before [`open_doorbell`].
    pub fn set(&'static self, value: T) -> &'static mut T {
        // SAFETY: nobody has a reference yet, and nobody asks a second time.
        unsafe { (*self.0.get()).write(value) }
    }
}

extern "C" fn uart0_rx() {
    write(uart::DOORBELL, uart::INTERRUPT_CLEAR, uart::INTERRUPT_RX);
    while read(uart::DOORBELL, uart::STATE) & uart::STATE_RX_FULL != 0 {
        let _ = read(uart::DOORBELL, uart::DATA);
    }
    image::EXCEPTION.with(|state| image::exception(state, Ring::Doorbell));
    WOKEN.store(true, Ordering::Relaxed);
}

extern "C" fn uart1_rx() {
    write(uart::ENTROPY, uart::INTERRUPT_CLEAR, uart::INTERRUPT_RX);
    entropy::gather();
}

extern "C" fn timer1() {
    image::EXCEPTION.with(|state| image::exception(state, Ring::Timer));
    ring_never();
    WOKEN.store(true, Ordering::Relaxed);
}

extern "C" fn unexpected() {
    let ipsr: u32;
    // SAFETY: reads the number of the exception that runs.
    unsafe { asm!("mrs {0}, ipsr", out(reg) ipsr, options(nomem, nostack)) };
    crash(CRASH_INTERRUPT, ipsr, "");
}

const INTERRUPTS: usize = 32;

#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
static __INTERRUPTS: [extern "C" fn(); INTERRUPTS] = {
    let mut vectors: [extern "C" fn(); INTERRUPTS] = [unexpected; INTERRUPTS];
    vectors[Interrupt::Uart0Rx as usize] = uart0_rx;
    vectors[Interrupt::Uart1Rx as usize] = uart1_rx;
    vectors[Interrupt::Timer1 as usize] = timer1;
    vectors
};

// A fault may come from a stack that is full: its handler starts with an empty one, since nothing returns from it.
global_asm!(
    ".global HardFault",
    ".type HardFault,%function",
    ".thumb_func",
    "HardFault:",
    ".global DefaultHandler",
    ".type DefaultHandler,%function",
    ".thumb_func",
    "DefaultHandler:",
    "ldr r0, =_stack_start",
    "msr msp, r0",
    "b {fault}",
    fault = sym fault,
);

extern "C" fn fault() -> ! {
    // SAFETY: reads a register of the core.
    let status = unsafe { (*SCB::PTR).cfsr.read() };
    crash(CRASH_FAULT, status, "")
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    match info.location() {
        Some(place) => crash(CRASH_PANIC, place.line(), place.file()),
        None => crash(CRASH_PANIC, 0, ""),
    }
}

/// Words that survive a reset of the core, but not a loss of power.
pub struct Remembered {
    /// Resets since power came.
    pub resets: u32,
    /// See [`crate::layout::trace::CRASH`].
    pub crash: u32,
    /// A panic's line, or the fault's status.
    pub detail: u32,
    /// End of the panic's file name.
    pub file: [u8; CRASH_FILE_BYTES],
}

#[repr(C)]
#[derive(Clone, Copy)]
struct NoInit {
    magic: u32,
    resets: u32,
    crash: u32,
    detail: u32,
    file: [u8; CRASH_FILE_BYTES],
}

const NO_INIT: u32 = 0x4E4F_494E;

struct NoInitCell(UnsafeCell<MaybeUninit<NoInit>>);
// SAFETY: used by `remembered` before interrupts are on, and by `crash` after they are off.
unsafe impl Sync for NoInitCell {}

#[unsafe(link_section = ".uninit.remembered")]
static REMEMBERED: NoInitCell = NoInitCell(UnsafeCell::new(MaybeUninit::uninit()));

/// Reads what the life before left, and forgets it. Called once, first.
pub fn remembered() -> Remembered {
    let cell: *mut NoInit = REMEMBERED.0.get().cast();
    // SAFETY: RAM of our own; plain integers, for which each content is a value, read as the memory has them.
    let mut last = unsafe { cell.read_volatile() };
    if last.magic != NO_INIT {
        last = NoInit { magic: NO_INIT, resets: 0, crash: 0, detail: 0, file: [0; CRASH_FILE_BYTES] };
    }
    let next = NoInit { resets: last.resets.wrapping_add(1), crash: 0, ..last };
    // SAFETY: as above.
    unsafe { cell.write_volatile(next) };
    Remembered { resets: last.resets, crash: last.crash, detail: last.detail, file: last.file }
}

/// Notes the place and resets the core: the host sees a new epoch.
fn crash(kind: u32, detail: u32, file: &str) -> ! {
    cortex_m::interrupt::disable();
    let cell: *mut NoInit = REMEMBERED.0.get().cast();
    // SAFETY: as in `remembered`; interrupts are off, and nothing returns from here.
    let mut note = unsafe { cell.read_volatile() };
    note.crash = kind;
    note.detail = detail;
    note.file = [0; CRASH_FILE_BYTES];
    let from = file.len().saturating_sub(CRASH_FILE_BYTES);
    for (to, byte) in note.file.iter_mut().zip(file.bytes().skip(from)) {
        *to = byte;
    }
    // SAFETY: as above.
    unsafe { cell.write_volatile(note) };
    SCB::sys_reset()
}

/// What an unused word of the stack holds.
const STACK_PAINT: u32 = 0xC5C5_C5C5;

// Called by cortex-m-rt at reset, before there is a stack: paints it.
global_asm!(
    ".global __pre_init",
    ".type __pre_init,%function",
    ".thumb_func",
    "__pre_init:",
    "ldr r0, =_stack_bottom",
    "ldr r1, =_stack_start",
    "ldr r2, ={paint}",
    "3: str r2, [r0], #4",
    "cmp r0, r1",
    "blo 3b",
    "bx lr",
    paint = const STACK_PAINT,
);

unsafe extern "C" {
    static _stack_start: u32;
    static _stack_bottom: u32;
}

/// The deepest that the stack has been since the start, in bytes.
pub fn stack_peak() -> u32 {
    let (bottom, top) = (&raw const _stack_bottom, &raw const _stack_start);
    let mut at = bottom;
    // SAFETY: within the stack's region, read as words while this very frame lies above.
    while at < top && unsafe { at.read_volatile() } == STACK_PAINT {
        at = at.wrapping_add(1);
    }
    (top.addr() - at.addr()) as u32
}

/// For the test of the fault handler: leaves the stack.
pub fn overflow_the_stack() {
    let _ = deeper(0);
}

#[inline(never)]
fn deeper(depth: u32) -> u32 {
    let frame = [depth; 64];
    let below = if depth == u32::MAX { 0 } else { deeper(depth + 1) };
    core::hint::black_box(&frame)[0].wrapping_add(below)
}

/// For the test of the fault handler: reads where the board has nothing.
pub fn read_nowhere() {
    let _ = read(0xA000_0000, 0);
}
