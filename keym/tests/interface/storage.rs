//! Records in NvM: power cuts, damage, failed writes, MACs, the time floor.

use super::builder::{DAY, NOW};
use super::certificates::{ders, pki, GLOBAL, LEAF, ROOT, SUB1, SUB2};
use super::fakes::*;
use super::services::*;
use super::setup::*;
use v2gcrypt_keym::config::KeyM_ConfigType;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::*;
use v2gcrypt_types::*;

type Slots = Vec<Result<Vec<u8>, u8>>;

fn slots() -> Slots {
    (0..4).map(get).collect()
}

fn chains() -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    (ders(&pki(Profile::Iso15118_2, Role::Contract)), {
        // The same root, everything else new.
        let mut other = other("Second");
        let first = pki(Profile::Iso15118_2, Role::Contract);
        other.specs[3] = first.specs[3].clone();
        other.link();
        ders(&other)
    })
}

/// Store operations, one after the other; each but the last two in a slot that is occupied.
type Operation = (u16, u8, Vec<u8>);

fn operations() -> Vec<Operation> {
    let (first, second) = chains();
    vec![
        (ROOT, SET_ROOT, first[0].clone()),
        (LEAF, SET_CHAIN, bundle(&first)),
        (LEAF, SET_CHAIN, bundle(&second)),
        (SUB1, SET_SUB, second[1].clone()),
        (LEAF, DELETE, vec![]),
        (LEAF, SET_CHAIN, bundle(&first)),
        (ROOT, UPDATE_ROOT, second[0].clone()),
        (ROOT, DELETE, vec![]),
    ]
}

fn begin(config: fn(&mut KeyM_ConfigType)) -> &'static KeyM_ConfigType {
    stored().start(config)
}

/// Runs operation number `cut`, with power lost after `bytes` of its write; then what a restart finds, and the number of writes.
fn with_cut(operations: &[Operation], cut: usize, bytes: Option<usize>) -> (Slots, Slots, usize) {
    fake(|fake| fake.nvm = Nvm::default());
    let config = begin(|config| config.tolerateUnsignedRootReplacement = 1);
    for (id, what, request) in &operations[..cut] {
        assert_eq!(service(*id, *what, request), Ok((KEYM_RT_OK, vec![])));
    }
    let before = slots();
    let writes = fake(|fake| fake.nvm.writes);
    let (id, what, request) = &operations[cut];
    if let Some(bytes) = bytes {
        fake(|fake| fake.nvm.cut = Some((writes, bytes)));
        let mut room = Room::new(0);
        assert_eq!(ask_service(*id, *what, request, &mut room), E_OK);
        settle();
        assert!(fake(|fake| fake.nvm.dead), "power was not cut");
    } else {
        assert_eq!(service(*id, *what, request), Ok((KEYM_RT_OK, vec![])));
    }
    let written = fake(|fake| fake.nvm.writes) - writes;
    fake(|fake| {
        fake.seen.clear();
        (fake.nvm.dead, fake.nvm.cut) = (false, None);
    });
    start(config);
    // A request that NvM had is gone with the power; KeyM asks again.
    settle();
    (before, slots(), written)
}

#[test]
fn a_power_cut_in_any_write_leaves_the_old_or_the_new() {
    let _serial = serial();
    let (mut cuts, mut old, mut new, mut writes) = (0, 0, 0, 0);
    // Once: no two signatures are alike.
    let operations = operations();
    for operation in 0..operations.len() {
        let (before, after, written) = with_cut(&operations, operation, None);
        if operation != 3 {
            assert_ne!(before, after, "operation {operation}");
        }
        assert_eq!(written, 1, "one commit for each operation");
        writes += written;
        let size = fake(|fake| fake.nvm.sizes.values().copied().max().unwrap());
        let places = (0..60).chain((60..size).step_by(131)).chain([size - 40, size - 2, size - 1, size]);
        for bytes in places.collect::<std::collections::BTreeSet<_>>() {
            let (was, is, _) = with_cut(&operations, operation, Some(bytes));
            assert_eq!(was, before);
            assert!(is == before || is == after, "operation {operation}, {bytes} bytes: half of each");
            cuts += 1;
            old += usize::from(is == before);
            new += usize::from(is == after);
        }
    }
    println!("{cuts} cuts in {writes} writes: {old} old, {new} new");
    assert!(cuts >= 500 && writes >= 8 && old >= 300 && new >= 20, "{cuts} cuts in {writes} writes: {old} old, {new} new");
}

#[test]
fn any_flipped_bit_of_the_newest_record_brings_the_older_one_back() {
    let _serial = serial();
    for with_mac in [false, true] {
        fake(|fake| fake.nvm = Nvm::default());
        let (first, second) = chains();
        let config = begin(if with_mac {
            |config| (config.macGenerateJobId, config.macVerifyJobId) = (JOB_MAC_GENERATE, JOB_MAC_VERIFY)
        } else {
            |_| ()
        });
        assert_eq!(service(ROOT, SET_ROOT, &first[0]), Ok((KEYM_RT_OK, vec![])));
        assert_eq!(service(LEAF, SET_CHAIN, &bundle(&first)), Ok((KEYM_RT_OK, vec![])));
        let old = slots();
        assert_eq!(service(LEAF, SET_CHAIN, &bundle(&second)), Ok((KEYM_RT_OK, vec![])));
        let new = slots();
        start(config);
        assert_eq!(slots(), new);
        let data = fake(|fake| fake.nvm.data.clone());
        let sequence = |set| data[&(21, set)][8..12].to_vec();
        let newest = u8::from(sequence(1) > sequence(0));
        let length = data[&(21, newest)].iter().rposition(|byte| *byte != 0).unwrap();
        let mut count = 0;
        for place in (0..length).step_by(if with_mac { 41 } else { 17 }) {
            fake(|fake| fake.nvm.data.get_mut(&(21, newest)).unwrap()[place] ^= 1 << (place % 8));
            start(config);
            assert_eq!(slots(), old, "byte {place}");
            fake(|fake| fake.nvm.data = data.clone());
            count += 1;
        }
        assert!(count >= 30, "{count}");
        // Both gone: nothing, rather than something wrong.
        fake(|fake| (0..2).for_each(|set| fake.nvm.data.get_mut(&(21, set)).unwrap()[30] ^= 1));
        start(config);
        assert_eq!(slots()[1..], [Err(KEYM_E_KEY_CERT_EMPTY), Err(KEYM_E_KEY_CERT_EMPTY), Err(KEYM_E_KEY_CERT_EMPTY)]);
        assert_eq!(slots()[0], new[0]);
    }
}

#[test]
fn a_write_that_fails_is_tried_again_and_told_when_it_keeps_failing() {
    let _serial = serial();
    begin(|_| ());
    let (first, _) = chains();
    fake(|fake| fake.nvm.fail_writes = 2);
    assert_eq!(service(ROOT, SET_ROOT, &first[0]), Ok((KEYM_RT_OK, vec![])));
    fake(|fake| fake.nvm.fail_writes = 1000);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&first)), Ok((KEYM_RT_KEY_CERT_WRITE_FAIL, vec![])));
    assert_eq!(get(LEAF), Err(KEYM_E_KEY_CERT_EMPTY));
    fake(|fake| fake.nvm.fail_writes = 0);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&first)), Ok((KEYM_RT_OK, vec![])));
}

#[test]
fn a_finalized_key_whose_write_fails_is_written_later() {
    let _serial = serial();
    let config = super::keys::keys().start(|config| config.startFinalizeEnabled = 1);
    super::keys::updated_in_a_session(b"Nvm", b"0123456789abcdef");
    fake(|fake| fake.nvm.fail_writes = 3);
    assert_eq!(super::keys::finalize(), E_OK);
    settle();
    assert_eq!(seen(), super::keys::told(1, KEYM_RT_KEY_CERT_WRITE_FAIL));
    assert_eq!(super::keys::restarted(config), Some(b"0123456789abcdef".to_vec()));
}

#[test]
fn what_waits_for_a_write_outlasts_a_service_whose_write_fails() {
    let _serial = serial();
    let mut setup = super::certificates::chain(|slots| {
        let mut slots = slots;
        slots[0] = slots[0].block(0);
        Setup::new(slots)
    });
    setup.keys = super::keys::keys().keys;
    setup.add_block(30, 200, false);
    let config = setup.start(|_| ());
    assert_eq!(super::keys::update(b"Nvm", b"0123456789abcdef"), E_OK);
    (0..3).for_each(|_| main_functions());
    fake(|fake| fake.nvm.fail_writes = 3);
    assert_eq!(service(ROOT, SET_ROOT, &chains().0[0]).map(|told| told.0), Ok(KEYM_RT_KEY_CERT_WRITE_FAIL));
    settle();
    assert_eq!(super::keys::restarted(config), Some(b"0123456789abcdef".to_vec()));
    assert_eq!(get(ROOT), Err(KEYM_E_KEY_CERT_EMPTY));
}

#[test]
fn the_key_of_a_root_that_does_not_enter_is_not_left_in_csm() {
    let _serial = serial();
    let mut setup = stored();
    // Nowhere else to put the key of a root on trial.
    setup.pool.clear();
    setup.start(|config| config.tolerateUnsignedRootReplacement = 1);
    let (first, _) = chains();
    let mut forged = first[0].clone();
    *forged.last_mut().unwrap() ^= 1;
    let key = || fake(|fake| fake.valid.contains(&10).then(|| fake.keys[&(10, 1)].clone()));
    assert!(matches!(service(ROOT, SET_ROOT, &forged), Ok((KEYM_RT_KEY_CERT_INVALID, _))));
    assert_eq!(key(), None, "an empty slot, a wrong root");
    fake(|fake| fake.nvm.fail_writes = 1000);
    assert_eq!(service(ROOT, SET_ROOT, &first[0]), Ok((KEYM_RT_KEY_CERT_WRITE_FAIL, vec![])));
    assert_eq!(key(), None, "an empty slot, a root that is not stored");
    fake(|fake| fake.nvm.fail_writes = 0);
    assert_eq!(service(ROOT, SET_ROOT, &first[0]), Ok((KEYM_RT_OK, vec![])));
    let good = key();
    assert!(good.is_some());
    let mut forged = ders(&other("Another"))[0].clone();
    fake(|fake| fake.nvm.fail_writes = 1000);
    assert_eq!(service(ROOT, SET_ROOT, &forged), Ok((KEYM_RT_KEY_CERT_WRITE_FAIL, vec![])));
    assert_eq!((key(), status(ROOT)), (good.clone(), KEYM_CERTIFICATE_VALID), "a slot that is taken, a root that is not stored");
    fake(|fake| fake.nvm.fail_writes = 0);
    *forged.last_mut().unwrap() ^= 1;
    assert!(matches!(service(ROOT, SET_ROOT, &forged), Ok((KEYM_RT_KEY_CERT_INVALID, _))));
    assert_eq!(key(), good, "a slot that is taken, a wrong root");
    // A root is still one that chains hang from.
    assert_eq!(get(ROOT).as_ref(), Ok(&first[0]));
}

#[test]
fn until_blocks_are_read_nothing_that_is_stored_is_changed() {
    let _serial = serial();
    let config = stored().build(|config| config.tolerateSetOfStoredCertificate = 1);
    unsafe { KeyM_Init(config) };
    let (first, _) = chains();
    assert_eq!(set(ROOT, &first[0]), KEYM_E_BUSY);
    assert_eq!(ask_service(ROOT, SET_ROOT, &first[0], &mut Room::new(0)), KEYM_E_BUSY);
    settle();
    assert_eq!(set(ROOT, &first[0]), E_OK);
}

#[test]
fn a_certificate_that_is_set_and_verified_is_stored_then() {
    let _serial = serial();
    let config = begin(|config| (config.tolerateSetOfStoredCertificate, config.tolerateUnsignedRootReplacement) = (1, 1));
    let (first, second) = chains();
    assert_eq!(set(ROOT, &first[0]), E_OK);
    settle();
    assert_eq!(fake(|fake| fake.nvm.writes), 0, "nobody has verified it");
    assert_eq!(verify_now(ROOT), KEYM_CERTIFICATE_VALID);
    assert_eq!(fake(|fake| fake.nvm.writes), 1);
    start(config);
    assert_eq!((get(ROOT).as_ref(), status(ROOT)), (Ok(&first[0]), KEYM_CERTIFICATE_VALID));
    // One that is wrong does not get into the store.
    let mut wrong = second[0].clone();
    *wrong.last_mut().unwrap() ^= 1;
    assert_eq!(set(ROOT, &wrong), E_OK);
    assert_eq!(verify_now(ROOT), KEYM_E_CERTIFICATE_SIGNATURE_FAIL);
    start(config);
    assert_eq!(get(ROOT).as_ref(), Ok(&first[0]));
    // Without the switch it is a development error.
    let _ = begin(|_| ());
    assert_eq!(set(SUB2, &first[2]), E_NOT_OK);
    assert_eq!(seen(), [Seen::Det { api: KEYM_SID_SETCERTIFICATE, error: KEYM_E_CONFIG_FAILURE }]);
}

#[test]
fn a_clock_that_is_set_back_revives_nothing() {
    let _serial = serial();
    let mut pki = pki(Profile::Iso15118_2, Role::Contract);
    pki.specs[0].not_after = NOW + DAY;
    let ders = ders(&pki);
    let mut setup = stored();
    setup.add_block(23, 0, true);
    let config = setup.start(|_| ());
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), Ok((KEYM_RT_OK, vec![])));
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), Ok((KEYM_RT_OK, vec![])));
    fake(|fake| fake.time = Some((NOW + 3 * DAY, GLOBAL)));
    settle();
    fake(|fake| fake.time = Some((NOW, GLOBAL)));
    start(config);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL);
    // Two days less, and it was valid.
    fake(|fake| {
        fake.nvm.data.retain(|(block, _), _| *block != 23);
        fake.time = Some((NOW, GLOBAL));
    });
    start(config);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
}

#[test]
fn a_clock_that_is_set_back_by_less_than_a_day_revives_nothing() {
    let _serial = serial();
    let mut pki = pki(Profile::Iso15118_2, Role::Contract);
    pki.specs[0].not_after = NOW + 60;
    let ders = ders(&pki);
    let mut setup = stored();
    setup.add_block(23, 0, true);
    setup.start(|_| ());
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), Ok((KEYM_RT_OK, vec![])));
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), Ok((KEYM_RT_OK, vec![])));
    let writes = fake(|fake| fake.nvm.writes);
    for (time, verdict) in [
        (NOW + 60, KEYM_CERTIFICATE_VALID),
        (NOW + 61, KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL),
        (NOW, KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL),
    ] {
        fake(|fake| fake.time = Some((time, GLOBAL)));
        assert_eq!(verify_now(LEAF), verdict, "{time}");
    }
    assert_eq!(fake(|fake| fake.nvm.writes), writes, "NvM does not wear");
    fake(|fake| fake.time = Some((NOW + DAY, GLOBAL)));
    settle();
    assert_eq!(fake(|fake| fake.nvm.writes), writes + 1);
}

#[test]
fn without_a_clock_no_contract_is_chosen_that_had_expired_by_the_floor() {
    let _serial = serial();
    let mut pki = pki(Profile::Iso15118_2, Role::Contract);
    pki.specs[0].not_after = NOW + DAY;
    let ders = ders(&pki);
    let mut setup = stored();
    setup.add_block(23, 0, true);
    setup.start(|_| ());
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), Ok((KEYM_RT_OK, vec![])));
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), Ok((KEYM_RT_OK, vec![])));
    let choose = |time| {
        fake(|fake| fake.time = time);
        settle();
        let mut id = 0xEEEE;
        (unsafe { KeyM_V2g_SelectContractOfProviders(std::ptr::null(), 0, &mut id) }, id)
    };
    assert_eq!(choose(Some((NOW + DAY, GLOBAL))), (E_OK, LEAF));
    // A floor alone proves nobody too early.
    assert_eq!(choose(None), (E_OK, LEAF));
    for time in [Some((NOW + DAY + 1, GLOBAL)), None] {
        assert_eq!(choose(time), (KEYM_E_KEY_CERT_EMPTY, 0xEEEE), "{time:?}");
    }
}

#[test]
fn without_a_clock_the_policy_decides() {
    let _serial = serial();
    let fail = KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL;
    let timeout = GLOBAL | KEYM_STBM_TIMEOUT;
    for (policy, time, wanted) in [
        (KEYM_TIME_REFUSE, None, fail),
        (KEYM_TIME_REFUSE, Some((NOW, timeout)), fail),
        (KEYM_TIME_REFUSE, Some((NOW, 0)), fail),
        (KEYM_TIME_REFUSE, Some((NOW, GLOBAL)), KEYM_CERTIFICATE_VALID),
        (KEYM_TIME_ACCEPT, None, KEYM_CERTIFICATE_VALID),
        (KEYM_TIME_FLOOR, None, fail),
    ] {
        let setup = super::certificates::chain(Setup::new);
        fake(|fake| fake.time = time);
        setup.start(|config| config.timeUnknown = policy);
        assert_eq!(set(ROOT, &chains().0[0]), E_OK);
        assert_eq!(verify_now(ROOT), wanted, "{policy} {time:?}");
    }
}

#[test]
fn a_block_that_nvm_cannot_read_is_not_written_over() {
    let _serial = serial();
    let (first, second) = chains();
    let config = begin(|_| ());
    for chain in [&first, &second] {
        if status(ROOT) != KEYM_CERTIFICATE_VALID {
            assert_eq!(service(ROOT, SET_ROOT, &chain[0]), Ok((KEYM_RT_OK, vec![])));
        }
        assert_eq!(service(LEAF, SET_CHAIN, &bundle(chain)), Ok((KEYM_RT_OK, vec![])));
    }
    let newest = slots();
    let data = fake(|fake| fake.nvm.data.clone());
    // Both copies: nothing is known, nothing is written, and nothing is lost.
    fake(|fake| fake.nvm.fail_reads = vec![(21, 0), (21, 1)]);
    start(config);
    assert_eq!(get(LEAF), Err(KEYM_E_KEY_CERT_EMPTY));
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&first)), Ok((KEYM_RT_KEY_CERT_WRITE_FAIL, vec![])));
    assert_eq!(fake(|fake| fake.nvm.data.clone()), data);
    fake(|fake| fake.nvm.fail_reads.clear());
    start(config);
    assert_eq!(slots(), newest);
    // One copy: the other counts, and the next write goes to the one that could not be read.
    for set in 0..2 {
        fake(|fake| fake.nvm.fail_reads = vec![(21, set)]);
        start(config);
        assert!(get(LEAF).is_ok());
        assert_eq!(service(LEAF, SET_CHAIN, &bundle(&first)), Ok((KEYM_RT_OK, vec![])));
        fake(|fake| fake.nvm.fail_reads.clear());
        start(config);
        assert_eq!(slots()[1..], first[1..].iter().cloned().map(Ok).collect::<Vec<_>>(), "{set}");
        fake(|fake| fake.nvm.data = data.clone());
    }
}
