//! Random operations with random power cuts, against a model of what the store must have.
//!
//! `V2GCRYPT_SEEDS=1000` runs more of them, `V2GCRYPT_SEED=17` one.

mod common;
use common::*;
use v2gcrypt_hsm_firmware::store::{Error, IDS, MAX_VALUE};

/// What an id may have: one value once that has been seen, and two after a cut.
struct Expected {
    model: Model,
    /// What power was cut in: the content if it was done.
    maybe: Option<Model>,
}

impl Expected {
    /// What is found after a start is one of the two, and stays.
    fn settle(&mut self, found: Model, place: &str) {
        if let Some(maybe) = self.maybe.take() {
            if found == maybe {
                self.model = maybe;
                return;
            }
        }
        assert_eq!(found, self.model, "{place}");
    }
}

#[derive(Default)]
struct Tally {
    operations: u64,
    cuts: u64,
    done_at_the_cut: u64,
    starts: u64,
    full: u64,
    erases: u64,
}

fn schedule<const WORD: usize, const PAGE: usize>(pages: usize, seed: u64, operations: u64, tally: &mut Tally) {
    let mut random = Random(seed);
    let torn = TORN[(seed % 3) as usize];
    let chip = share(Chip::new(WORD, PAGE, pages, torn, seed));
    let mut expected = Expected { model: Model::new(), maybe: None };
    let mut store = store::<WORD, PAGE>(&chip);
    for operation in 0..operations {
        let place = format!("seed {seed}, operation {operation}, words of {WORD}, {torn:?}");
        if random.below(4) == 0 {
            // Longer operations are cut rarely at their end; a full bank takes some hundred steps.
            let at = [10, 60, 300][random.below(3) as usize];
            chip.borrow_mut().cut = Some((random.below(at), CUTS[random.below(6) as usize]));
        }
        let ids = if random.below(8) == 0 { u64::from(IDS) } else { 6 };
        let id = random.below(ids) as u16;
        let mut after = expected.model.clone();
        let result = match random.below(40) {
            0..=19 => {
                let lengths = if random.below(10) == 0 { MAX_VALUE as u64 + 1 } else { 70 };
                let length = random.below(lengths) as usize;
                let value = random.bytes(length);
                after.insert(id, value.clone());
                store.save(id, &value)
            }
            20..=27 => {
                after.remove(&id);
                store.erase(id)
            }
            28..=36 => load(&mut store, id).map(|value| assert_eq!(value, expected.model.get(&id).cloned(), "{place}")),
            37 => store.purge(),
            38 => {
                tally.starts += 1;
                store = common::store(&chip);
                store.mount().map(|report| assert_eq!(report.tampered, 0, "{place}"))
            }
            _ if random.below(8) != 0 => Ok(()),
            _ => {
                after.clear();
                store.format()
            }
        };
        tally.operations += 1;
        match result {
            Ok(()) => expected.model = after,
            Err(_) if chip.borrow().off => {
                expected.maybe = Some(after);
                tally.cuts += 1;
                // Sometimes it goes off again in the next start.
                while random.below(4) == 0 {
                    chip.borrow_mut().on();
                    chip.borrow_mut().cut = Some((random.below(60), CUTS[random.below(6) as usize]));
                    if common::store::<WORD, PAGE>(&chip).mount().is_ok() {
                        break;
                    }
                    tally.cuts += 1;
                }
                chip.borrow_mut().on();
                // Or the flash failed and the store is still there: it finds out by itself.
                if random.below(4) != 0 {
                    store = common::store(&chip);
                    let report = store.mount().unwrap_or_else(|error| panic!("{place}: {error:?}"));
                    assert_eq!(report.tampered, 0, "{place}");
                }
                let found = content(&mut store);
                let old = expected.model.clone();
                expected.settle(found, &place);
                tally.done_at_the_cut += u64::from(expected.model != old);
                tally.starts += 1;
            }
            Err(error) => {
                assert_eq!(error, Error::Full, "{place}");
                tally.full += 1;
            }
        }
        chip.borrow_mut().on();
        if operation % 16 == 0 {
            assert_eq!(content(&mut store), expected.model, "{place}");
        }
    }
    let chip = chip.borrow();
    assert_eq!(chip.overwritten, 0, "seed {seed}");
    tally.erases += chip.erases;
}

#[test]
fn random_schedules_do_as_the_model_does() {
    let mut tally = Tally::default();
    let number = |name| std::env::var(name).ok().map(|value| value.parse::<u64>().expect("a number"));
    let seeds: Vec<u64> = match (number("V2GCRYPT_SEED"), number("V2GCRYPT_SEEDS")) {
        (Some(seed), _) => vec![seed],
        (None, seeds) => (1..=seeds.unwrap_or(24)).collect(),
    };
    for seed in &seeds {
        match seed % 4 {
            0 => schedule::<8, 1024>(8, *seed, 1_000, &mut tally),
            1 => schedule::<8, 4096>(2, *seed, 1_000, &mut tally),
            2 => schedule::<4, 2048>(6, *seed, 1_000, &mut tally),
            _ => schedule::<32, 4096>(4, *seed, 1_000, &mut tally),
        }
    }
    println!(
        "seeds {}..={}: {} operations, {} cuts (in {} of them the change was done), {} starts, {} times full, {} pages erased",
        seeds[0],
        seeds[seeds.len() - 1],
        tally.operations,
        tally.cuts,
        tally.done_at_the_cut,
        tally.starts,
        tally.full,
        tally.erases
    );
    if seeds.len() > 1 {
        assert!(tally.operations >= 20_000 && tally.cuts >= 2_000 && tally.done_at_the_cut >= 100 && tally.erases >= 1_000);
    }
}
