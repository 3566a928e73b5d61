//! Power goes off in every step of every operation: afterwards each id has what it had or what was being saved, what is erased
//! stays erased, and the store goes on.
//!
//! A step is a word written, a page erased or the counter stepped. Each is cut in six ways, on flash that answers in three ways
//! for a word that was cut.
//!
//! `V2GCRYPT_CUTS_EVERY=7` cuts each seventh step only, and proves less.

mod common;
use common::*;
use v2gcrypt_hsm_firmware::store::{Error, LIFECYCLE};

/// An operation on a store, and what it makes of the content.
struct Operation<const WORD: usize, const PAGE: usize> {
    name: &'static str,
    /// Before it, in the same start.
    warm: fn(&mut SimStore<WORD, PAGE>),
    run: fn(&mut SimStore<WORD, PAGE>) -> Result<(), Error>,
}

/// What a run of cuts has seen.
#[derive(Default, Debug)]
struct Tally {
    cuts: u64,
    second_cuts: u64,
    old: u64,
    new: u64,
}

fn nothing<const WORD: usize, const PAGE: usize>(_: &mut SimStore<WORD, PAGE>) {}

fn operations<const WORD: usize, const PAGE: usize>() -> Vec<Operation<WORD, PAGE>> {
    /// So that the start's own number is taken.
    fn warm<const WORD: usize, const PAGE: usize>(store: &mut SimStore<WORD, PAGE>) {
        store.save(20, b"warm").unwrap();
    }
    vec![
        Operation { name: "save new, first of the start", warm: nothing, run: |store| store.save(7, &[0x77; 32]) },
        Operation { name: "save new", warm, run: |store| store.save(7, &[0x77; 133]) },
        Operation { name: "replace", warm, run: |store| store.save(1, &[0x11; 66]) },
        Operation { name: "replace, first of the start", warm: nothing, run: |store| store.save(2, &[0x22; 40]) },
        Operation { name: "erase", warm, run: |store| store.erase(1) },
        Operation { name: "erase, first of the start", warm: nothing, run: |store| store.erase(2) },
        Operation { name: "lifecycle advance", warm, run: |store| store.save(LIFECYCLE, &[3]) },
        Operation { name: "purge", warm, run: |store| store.purge() },
        Operation { name: "format", warm, run: |store| store.format() },
    ]
}

/// A chip with some content, after `rounds` changes more.
fn filled<const WORD: usize, const PAGE: usize>(pages: usize, torn: Torn, rounds: u32) -> Chip {
    let chip = share(Chip::new(WORD, PAGE, pages, torn, u64::from(rounds)));
    let mut store = store::<WORD, PAGE>(&chip);
    store.save(LIFECYCLE, &[2]).unwrap();
    for id in 0..4u16 {
        store.save(id, &vec![id as u8; 32 + usize::from(id) * 20]).unwrap();
    }
    store.save(5, b"to be erased").unwrap();
    store.erase(5).unwrap();
    for round in 0..rounds {
        store.save((round % 3) as u16 + 2, &round.to_le_bytes()).unwrap();
    }
    drop(store);
    let chip = chip.borrow().clone();
    chip
}

/// Cuts `operation` at each of its steps in each way.
fn cut_everywhere<const WORD: usize, const PAGE: usize>(base: &Chip, operation: &Operation<WORD, PAGE>, tally: &mut Tally) {
    let start = |cut: Option<(u64, Cut)>| {
        let chip = share(base.clone());
        let mut store = store::<WORD, PAGE>(&chip);
        (operation.warm)(&mut store);
        let old = content(&mut store);
        let before = chip.borrow().steps;
        chip.borrow_mut().cut = cut;
        let result = (operation.run)(&mut store);
        let steps = chip.borrow().steps - before;
        (chip, store, old, steps, result)
    };
    let (_, mut store, _, steps, result) = start(None);
    result.unwrap_or_else(|error| panic!("{}: {error:?}", operation.name));
    let new = content(&mut store);
    for step in (0..steps).step_by(every()) {
        for cut in CUTS {
            let (chip, cut_store, old, _, result) = start(Some((step, cut)));
            let place = format!("{} at step {step} of {steps}, {cut:?}", operation.name);
            assert!(chip.borrow().off && result.is_err(), "{place}: {result:?}");
            drop(cut_store);
            chip.borrow_mut().on();
            let after_cut = chip.borrow().clone();
            tally.cuts += 1;
            let found = recover::<WORD, PAGE>(&chip, &[&old, &new], &place);
            *(if found == new { &mut tally.new } else { &mut tally.old }) += 1;

            // A second cut while the first is being recovered from, and in the save behind it.
            let recovery = chip.borrow().steps - after_cut.steps;
            let mut random = Random(step * 64 + cut as u64);
            for _ in 0..2 {
                let (at, how) = (random.below(recovery), CUTS[random.below(6) as usize]);
                let chip = share(after_cut.clone());
                chip.borrow_mut().cut = Some((at, how));
                let mut cut_store = store_of::<WORD, PAGE>(&chip);
                let result = cut_store.mount().map(|_| ()).and_then(|()| cut_store.save(9, b"after"));
                // With bits that are not certain the second run takes other steps.
                if chip.borrow().torn() == Torn::Flaky && !chip.borrow().off {
                    continue;
                }
                let place = format!("{place}, then at step {at} of {recovery}, {how:?}");
                assert!(chip.borrow().off && result.is_err(), "{place}: {result:?}");
                drop(cut_store);
                chip.borrow_mut().on();
                tally.second_cuts += 1;
                let allowed: Vec<Model> = [&old, &new].into_iter().flat_map(|model| [model.clone(), saved(model)]).collect();
                recover::<WORD, PAGE>(&chip, &allowed.iter().collect::<Vec<_>>(), &place);
            }
        }
    }
}

fn store_of<const WORD: usize, const PAGE: usize>(chip: &Shared) -> SimStore<WORD, PAGE> {
    store(chip)
}

/// What there is after [`recover`]'s save.
fn saved(model: &Model) -> Model {
    let mut saved = model.clone();
    saved.insert(9, b"after".to_vec());
    saved
}

/// Starts, and starts again; saves, and starts again. What was found at first, which is one of `allowed`.
fn recover<const WORD: usize, const PAGE: usize>(chip: &Shared, allowed: &[&Model], place: &str) -> Model {
    let mut first = store::<WORD, PAGE>(chip);
    let report = first.mount().unwrap_or_else(|error| panic!("{place}: {error:?}"));
    assert_eq!(report.tampered, 0, "{place}");
    let found = content(&mut first);
    assert!(allowed.contains(&&found), "{place}: {found:02x?}");
    first.save(9, b"after").unwrap_or_else(|error| panic!("{place}: {error:?}"));
    let expected = saved(&found);
    assert_eq!(content(&mut first), expected, "{place}");

    let mut second = store::<WORD, PAGE>(chip);
    let report = second.mount().unwrap_or_else(|error| panic!("{place}, second start: {error:?}"));
    assert!(report.tampered == 0 && !report.completed, "{place}: {report:?}");
    assert_eq!(content(&mut second), expected, "{place}, second start");
    assert_eq!(chip.borrow().overwritten, 0, "{place}");
    found
}

/// Which steps are cut: all, if nobody says otherwise.
fn every() -> usize {
    std::env::var("V2GCRYPT_CUTS_EVERY").map_or(1, |every| every.parse().expect("a number"))
}

fn report(name: &str, tally: &Tally, floor: u64) {
    println!(
        "{name}: {} cuts ({} old, {} new), {} second cuts; keys lost 0, resurrected 0",
        tally.cuts, tally.old, tally.new, tally.second_cuts
    );
    assert!(tally.cuts >= floor / every() as u64, "{name}: only {} cuts", tally.cuts);
    assert!(tally.old > 0 && tally.new > 0, "{name}: {tally:?}");
}

#[test]
fn every_operation_survives_a_cut_at_every_step() {
    let mut tally = Tally::default();
    for torn in TORN {
        let base = filled::<8, 4096>(4, torn, 0);
        for operation in operations::<8, 4096>() {
            cut_everywhere(&base, &operation, &mut tally);
        }
    }
    report("every operation", &tally, 7_000);
}

#[test]
fn a_bank_that_is_full_survives_a_cut_at_every_step_of_the_way_into_the_other() {
    let mut tally = Tally::default();
    let mut turns = 0;
    for torn in TORN {
        // All places in a bank that an operation can begin at, so that each of its items is once the one that does not fit.
        for rounds in 0..12 {
            let base = filled::<8, 1024>(6, torn, rounds);
            for operation in
                operations::<8, 1024>().into_iter().filter(|operation| ["replace", "erase"].contains(&operation.name))
            {
                let chip = share(base.clone());
                let mut store = store_of::<8, 1024>(&chip);
                (operation.warm)(&mut store);
                let erases = chip.borrow().erases;
                (operation.run)(&mut store).unwrap();
                if chip.borrow().erases > erases {
                    turns += 1;
                    cut_everywhere(&base, &operation, &mut tally);
                }
            }
        }
    }
    println!("{turns} operations that turn to the other bank");
    assert!(turns >= 6);
    report("from bank to bank", &tally, 4_000);
}

#[test]
fn the_first_start_ever_survives_a_cut_at_every_step() {
    let mut tally = Tally::default();
    for torn in TORN {
        let base = Chip::new(8, 4096, 4, torn, 3);
        let first: Operation<8, 4096> = Operation { name: "first start", warm: nothing, run: |store| store.mount().map(|_| ()) };
        let steps = {
            let chip = share(base.clone());
            store::<8, 4096>(&chip).mount().unwrap();
            let steps = chip.borrow().steps;
            steps
        };
        for step in 0..steps {
            for cut in CUTS {
                let chip = share(base.clone());
                chip.borrow_mut().cut = Some((step, cut));
                let result = (first.run)(&mut store::<8, 4096>(&chip));
                assert!(chip.borrow().off && result.is_err());
                chip.borrow_mut().on();
                tally.cuts += 1;
                recover::<8, 4096>(&chip, &[&Model::new()], &format!("first start at step {step}, {cut:?}"));
            }
        }
    }
    println!("first start: {} cuts", tally.cuts);
    assert!(tally.cuts >= 800);
}

/// The bank that takes over may do so with a manifest that can be read this time and not the next: until there is another one,
/// the bank that it was made of has to stay.
#[test]
fn a_purge_after_a_purge_that_was_cut_survives_a_cut_at_every_step() {
    let mut cuts = 0;
    let base = filled::<8, 4096>(4, Torn::Flaky, 0);
    let chip = share(base.clone());
    let model = content(&mut store_of::<8, 4096>(&chip));
    let purge = |chip: &Shared, cut: Option<(u64, Cut)>| {
        let mut store = store_of::<8, 4096>(chip);
        let before = chip.borrow().steps;
        chip.borrow_mut().cut = cut;
        (store.purge(), chip.borrow().steps - before)
    };
    let (result, steps) = purge(&chip, None);
    result.unwrap();
    // The bank takes over with the first of two manifests, in the middle of these steps. What a cut leaves of a
    // word, and what that reads as, are matters of chance: often.
    for (step, seed) in (steps - 40..steps - 20).flat_map(|step| (0..48).map(move |seed| (step, seed))) {
        let chip = share(base.clone());
        chip.borrow_mut().reseed(seed);
        assert!(purge(&chip, Some((step, Cut::Bits))).0.is_err());
        chip.borrow_mut().on();
        let after_cut = chip.borrow().clone();
        for second in 1..4 {
            let chip = share(after_cut.clone());
            chip.borrow_mut().reseed(seed * 4 + second);
            let result = purge(&chip, Some((second, Cut::After))).0;
            let place = format!("purge at step {step} of {steps}, seed {seed}, then at step {second}");
            assert!(result.is_err(), "{place}");
            chip.borrow_mut().on();
            cuts += 1;
            for _ in 0..8 {
                let mut store = store_of::<8, 4096>(&chip);
                let report = store.mount().unwrap_or_else(|error| panic!("{place}: {error:?}"));
                assert_eq!((report.tampered, content(&mut store)), (0, model.clone()), "{place}");
            }
        }
    }
    println!("purge after purge: {cuts} second cuts");
    assert!(cuts >= 2_500);
}

/// A change that was found done, with words that can be read this time and not the next.
#[test]
fn what_a_start_believed_every_later_one_believes() {
    let mut cuts = believed::<4096>(&filled::<8, 4096>(4, Torn::Flaky, 0), 24);
    // Where a record and its copy lie in two pages, too.
    for rounds in 0..12 {
        cuts += believed::<1024>(&filled::<8, 1024>(6, Torn::Flaky, rounds), 6);
    }
    println!("starts after a cut: {cuts} cuts");
    assert!(cuts >= 4_000);
}

/// Cuts a change, and starts often. How many cuts that were.
fn believed<const PAGE: usize>(base: &Chip, seeds: u64) -> u64 {
    let old = content(&mut store_of::<8, PAGE>(&share(base.clone())));
    let mut new = old.clone();
    new.insert(1, vec![0x11; 68]);
    let mut cuts = 0;
    // The start's own number, twice; the record; the manifest; the counter. What a cut leaves is a matter of chance: often.
    for (step, seed) in (20..200).flat_map(|step| (0..seeds).map(move |seed| (step, seed))) {
        let chip = share(base.clone());
        chip.borrow_mut().reseed(seed);
        chip.borrow_mut().cut = Some((step, Cut::Bits));
        if store_of::<8, PAGE>(&chip).save(1, &[0x11; 68]).is_ok() {
            break;
        }
        chip.borrow_mut().on();
        cuts += 1;
        for start in 0..8 {
            let place = format!("step {step}, seed {seed}, start {start}");
            let mut store = store_of::<8, PAGE>(&chip);
            let report = store.mount().unwrap_or_else(|error| panic!("{place}: {error:?}"));
            assert_eq!(report.tampered, 0, "{place}");
            let found = content(&mut store);
            assert!(found == old || found == new, "{place}");
        }
    }
    cuts
}

#[test]
fn words_of_other_sizes_do_as_well() {
    fn with<const WORD: usize>(tally: &mut Tally) {
        for torn in TORN {
            let base = filled::<WORD, 2048>(4, torn, 0);
            for operation in operations::<WORD, 2048>().iter().filter(|operation| operation.name.ends_with("first of the start"))
            {
                cut_everywhere(&base, operation, tally);
            }
        }
    }
    let mut tally = Tally::default();
    with::<4>(&mut tally);
    with::<16>(&mut tally);
    with::<32>(&mut tally);
    report("words of 4, 16 and 32 bytes", &tally, 5_000);
}

#[test]
fn formatting_a_store_that_was_rolled_back_survives_a_cut_at_every_step() {
    let mut cuts = 0;
    for torn in TORN {
        let chip = share(filled::<8, 4096>(4, torn, 0));
        let old = chip.borrow().clone();
        store::<8, 4096>(&chip).save(1, b"newer").unwrap();
        chip.borrow_mut().put_back(&old);
        assert_eq!(store::<8, 4096>(&chip).mount(), Err(Error::RolledBack));
        let base = chip.borrow().clone();
        store::<8, 4096>(&chip).format().unwrap();
        let steps = chip.borrow().steps - base.steps;
        for step in 0..steps {
            for cut in CUTS {
                let chip = share(base.clone());
                chip.borrow_mut().cut = Some((step, cut));
                assert!(store::<8, 4096>(&chip).format().is_err());
                chip.borrow_mut().on();
                cuts += 1;
                match store::<8, 4096>(&chip).mount() {
                    Err(error) => {
                        assert_eq!(error, Error::RolledBack, "at step {step}, {cut:?}");
                        store::<8, 4096>(&chip).format().unwrap();
                    }
                    Ok(report) => assert!(!report.new),
                }
                recover::<8, 4096>(&chip, &[&Model::new()], &format!("format at step {step}, {cut:?}"));
            }
        }
    }
    println!("format after rollback: {cuts} cuts");
    assert!(cuts >= 800);
}
