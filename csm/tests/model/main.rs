//! Property: whatever callers, drivers, callbacks and main functions do, Csm does what the reference does: every return code,
//! every callback, every call to the driver, in the same order.

#[path = "../common/mod.rs"]
mod common;
mod reference;
mod schedule;

use common::{Down, Setup};
use schedule::{make, shrink, Op, Schedule, Trace, DEPTH};
use std::cell::{Cell, RefCell};
use v2gcrypt_csm::ffi::{Csm_CallbackNotification, Csm_JobKeyGenerate, Csm_KeySetValid};
use v2gcrypt_types::*;

const SCHEDULES: u64 = 100_000;

#[test]
fn csm_does_what_the_reference_does_on_100_000_random_schedules() {
    let _serial = common::serial();
    common::answer_with(react);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        eprintln!("at the latest after seed {}", SEED.get());
        hook(panic);
    }));
    // Fewer for a quick look, such as that of seeded-bugs.sh.
    let count = std::env::var("V2GCRYPT_MODEL_SCHEDULES").map_or(SCHEDULES, |count| count.parse().unwrap());
    let (mut ran, mut lines, mut nested, mut longest) = (0, 0usize, 0usize, 0usize);
    let (mut callbacks, mut cancellations, mut full) = (0usize, 0usize, 0usize);
    for seed in 0..count {
        SEED.set(seed);
        let schedule = make(seed);
        let expected = reference::trace_of(&schedule);
        if trace_of_product(&schedule) != expected {
            fail(seed, schedule);
        }
        lines += expected.len();
        let count = |matching: fn(&&Trace) -> bool| expected.iter().filter(matching).count();
        callbacks += count(|line| matches!(line, Trace::Callback { .. }));
        cancellations += count(|line| matches!(line, Trace::CancelBelow { .. }));
        full += count(|line| matches!(line, Trace::QueueFull));
        nested += schedule.reactions.iter().map(|reaction| reaction.inside.len()).sum::<usize>();
        longest = longest.max(expected.len());
        ran += 1;
    }
    println!("{ran} schedules, {lines} observations, the longest with {longest}, {nested} nested operations");
    println!("{callbacks} callbacks, {cancellations} cancellations below, {full} full queues");
    assert_eq!(ran, count);
    let dull = callbacks < 250_000 || cancellations < 20_000 || full < 20_000;
    assert!(count < SCHEDULES || !dull, "schedules that show little");
}

fn fail(seed: u64, schedule: Schedule) -> ! {
    let small = shrink(schedule, |schedule| trace_of_product(schedule) != reference::trace_of(schedule));
    println!("seed {seed}, shrunk to {small:#?}");
    let (product, reference) = (trace_of_product(&small), reference::trace_of(&small));
    let same = product.iter().zip(&reference).take_while(|(product, reference)| product == reference).count();
    println!("both: {:#?}", &product[..same]);
    panic!("seed {seed}: then Csm {:?}, the reference {:?}", product.get(same), reference.get(same));
}

thread_local! {
    static SEED: Cell<u64> = const { Cell::new(0) };
    static WORLD: RefCell<Option<World>> = const { RefCell::new(None) };
}

struct World {
    setup: Box<Setup>,
    services: Vec<Crypto_ServiceInfoType>,
    reactions: std::vec::IntoIter<schedule::Reaction>,
    depth: u32,
    trace: Vec<Trace>,
}

fn with_world<T>(work: impl FnOnce(&mut World) -> T) -> T {
    WORLD.with_borrow_mut(|world| work(world.as_mut().expect("a schedule runs")))
}

fn trace_of_product(schedule: &Schedule) -> Vec<Trace> {
    let mut setup = Setup::new(&schedule.jobs, &schedule.queues, schedule.main_functions);
    setup.init();
    let services = schedule.jobs.iter().map(|job| job.service).collect();
    let world = World { setup, services, reactions: schedule.reactions.clone().into_iter(), depth: 0, trace: vec![] };
    WORLD.set(Some(world));
    for &op in &schedule.ops {
        perform(op, None);
        with_world(|world| {
            let jobs = 0..schedule.jobs.len() as u32;
            let active = jobs.map(|job| world.setup.read(job).jobState == CRYPTO_JOBSTATE_ACTIVE).collect();
            world.trace.push(Trace::Active(active));
        });
    }
    common::seen();
    WORLD.take().map(|world| world.trace).unwrap_or_default()
}

#[allow(unsafe_code)]
fn perform(op: Op, this: Option<u32>) {
    let code = match op {
        Op::Request { job, mode } => request(job, mode),
        Op::Cancel { job } => common::cancel(job),
        Op::Report { job, result } => return report(job, result),
        Op::ReportThis { result } => return this.into_iter().for_each(|job| report(job, result)),
        Op::Main { id } => return common::main_function(id),
        // SAFETY: takes a number.
        Op::Key { key } => unsafe { Csm_KeySetValid(key) },
    };
    with_world(|world| world.trace.push(Trace::Returned(code)));
}

#[allow(unsafe_code)]
fn request(job: u32, mode: u8) -> u8 {
    match with_world(|world| world.services.get(job as usize).copied()) {
        // SAFETY: takes a number.
        Some(CRYPTO_KEYGENERATE) => unsafe { Csm_JobKeyGenerate(job) },
        Some(CRYPTO_ENCRYPT) => common::encrypt(job, mode),
        _ => common::hash(job, mode),
    }
}

#[allow(unsafe_code)]
fn report(job: u32, result: u8) {
    let record = with_world(|world| world.setup.record(job));
    // SAFETY: an address; it is recognised or refused.
    unsafe { Csm_CallbackNotification(record, result) }
}

/// What Csm calls.
fn react(call: Down) -> Std_ReturnType {
    let (line, this) = match call {
        Down::Process { channel, job } => {
            let record = with_world(|world| world.setup.read(job));
            let mode = record.jobPrimitiveInputOutput.mode;
            (Trace::Process { job, channel, mode, active: record.jobState == CRYPTO_JOBSTATE_ACTIVE }, Some(job))
        }
        Down::Cancel { channel, job } => (Trace::CancelBelow { job, channel }, Some(job)),
        Down::KeySetValid { key } => (Trace::KeyBelow { key }, None),
        Down::Callback { job, result } => (Trace::Callback { job, result }, Some(job)),
        Down::Det { runtime: true, .. } => return observe(Trace::QueueFull),
        Down::Det { api, error, .. } => return observe(Trace::DevelopmentError { api, error }),
        other => panic!("{other:?}"),
    };
    let reaction = with_world(|world| {
        world.trace.push(line);
        let reaction = world.reactions.next()?;
        let deep = world.depth >= DEPTH;
        world.depth += 1;
        Some((if deep { vec![] } else { reaction.inside }, reaction.code))
    });
    let Some((inside, code)) = reaction else { return E_OK };
    for op in inside {
        perform(op, this);
    }
    with_world(|world| world.depth -= 1);
    code
}

fn observe(line: Trace) -> Std_ReturnType {
    with_world(|world| world.trace.push(line));
    E_OK
}
