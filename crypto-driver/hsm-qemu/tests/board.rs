//! The board itself: shared memory, doorbell, instruction counts, resets. Run by `crypto-driver/hsm-firmware/qemu.sh`.

use std::time::Duration;

use v2gcrypt_hsm_qemu::layout::trace::*;
use v2gcrypt_hsm_qemu::{patience, Crash, Emulator, INSTRUCTIONS_PER_TICK};

fn emulator() -> Emulator {
    Emulator::from_environment().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn a_tick_is_forty_instructions() {
    let board = emulator();
    let expected = 2 * u64::from(CALIBRATION_ROUNDS) / INSTRUCTIONS_PER_TICK;
    let measured = u64::from(board.trace(CALIBRATION));
    println!("{measured} ticks for {} instructions", 2 * CALIBRATION_ROUNDS);
    assert!(measured.abs_diff(expected) <= 2, "{measured} ticks instead of {expected}");
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn each_doorbell_runs_the_exception() {
    let board = emulator();
    for count in 1..=100 {
        board.ring();
        assert!(board.wait_until(patience(), || board.trace(EXCEPTIONS) == count), "doorbell {count} was not served");
    }
    assert!(!board.wait(Duration::from_millis(20)), "an interrupt of the host without a response");
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn a_panic_a_fault_and_a_stack_overflow_reset_the_core_and_tell_why() {
    let board = emulator();
    assert_eq!((board.trace(RESETS), board.last_crash()), (0, None));

    assert!(board.wish(WISH_PANIC));
    assert!(board.wait_for_reset(0));
    match board.last_crash() {
        Some(Crash::Panic(file, line)) => assert!(file.ends_with("trace.rs") && line > 0, "{file}:{line}"),
        other => panic!("{other:?}"),
    }

    const BFARVALID_PRECISERR: u32 = 0x8200;
    assert!(board.wish(WISH_FAULT));
    assert!(board.wait_for_reset(1));
    assert_eq!(board.last_crash(), Some(Crash::Fault(BFARVALID_PRECISERR)));

    assert!(board.wish(WISH_OVERFLOW));
    assert!(board.wait_for_reset(2));
    assert!(matches!(board.last_crash(), Some(Crash::Fault(_))), "{:?}", board.last_crash());

    board.ring();
    assert!(board.wait_until(patience(), || board.trace(EXCEPTIONS) != 0), "the doorbell is dead after resets");
    assert_eq!(board.ended(), None);
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn a_loss_of_power_keeps_the_memory_file_and_forgets_the_ram() {
    let board = emulator();
    assert!(board.wish(WISH_PANIC) && board.wait_for_reset(0));
    board.power_off();
    assert!(!board.wait(Duration::from_millis(1)));
    let kept = board.words_at(v2gcrypt_hsm_qemu::layout::FLASH_OFFSET, 4);
    kept[1].store(0x1234_5678, std::sync::atomic::Ordering::Release);
    board.power_on().unwrap();
    assert_eq!(kept[1].load(std::sync::atomic::Ordering::Acquire), 0x1234_5678);
    assert_eq!((board.trace(RESETS), board.last_crash()), (0, None));
}

#[test]
#[ignore = "needs the emulator: crypto-driver/hsm-firmware/qemu.sh"]
fn an_image_that_is_none_is_an_error_and_not_a_hang() {
    let error = Emulator::start(std::path::Path::new("/nowhere")).err().map(|error| error.to_string());
    assert!(error.as_deref().is_some_and(|error| error.contains("nowhere")), "{error:?}");
}
