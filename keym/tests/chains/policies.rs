//! Each policy switch with both values.

use super::builder::*;
use super::pki::Pki;
use std::collections::BTreeSet;
use v2gcrypt_keym::path::{Policy, Presence, GENERAL_RULES};
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::x509::{oid, KeyAlgorithm, KeyUsage, SignatureAlgorithm};

/// Strictly refused for this rule, accepted with the switch.
#[track_caller]
fn tolerated(profile: Profile, role: Role, rule: &str, defect: impl Fn(&mut Pki), switch: impl Fn(&mut Policy)) {
    let mut pki = Pki::new(profile, role);
    defect(&mut pki);
    pki.check(|run| {
        let refusals = run.result.expect_err("strictly accepted");
        assert!(refusals.iter().all(|refusal| refusal.rule.id == rule), "{refusals}");
    });
    switch(&mut pki.policy);
    pki.check(|run| assert!(run.result.is_ok(), "{}", run.result.unwrap_err()));
}

/// Refused for this rule with and without the switch.
#[track_caller]
fn never_tolerated(profile: Profile, role: Role, rule: &str, defect: impl Fn(&mut Pki), switch: impl Fn(&mut Policy)) {
    let mut pki = Pki::new(profile, role);
    defect(&mut pki);
    for _ in 0..2 {
        pki.check(|run| assert!(run.result.expect_err("accepted").contains(rule)));
        switch(&mut pki.policy);
    }
}

const SECC: (Profile, Role) = (Profile::Iso15118_2, Role::Secc);
const EDITIONS: [Profile; 3] = [Profile::Iso15118_2, Profile::Iso15118_20, Profile::Iso15118_20Amd1];

#[test]
fn key_agreement_of_a_secc_is_as_policy_says() {
    for (policy, without, with) in
        [(Presence::Either, true, true), (Presence::Required, false, true), (Presence::Forbidden, true, false)]
    {
        for (usage, good) in [(0, without), (KeyUsage::KEY_AGREEMENT, with)] {
            let mut pki = Pki::new(SECC.0, SECC.1);
            pki.policy.secc_key_agreement = policy;
            pki.specs[0].key_usage(KeyUsage::DIGITAL_SIGNATURE | usage);
            pki.check(|run| match run.result {
                Ok(_) => assert!(good),
                Err(refusals) => assert!(!good && refusals.len() == 1 && refusals.contains("key-agreement"), "{refusals}"),
            });
        }
    }
    assert_eq!(Policy::strict(SECC.0).secc_key_agreement, Presence::Either);
}

#[test]
fn secp384r1_is_the_private_environments_unless_policy_says_otherwise() {
    for profile in Profile::ALL {
        for allow in [None, Some(true), Some(false)] {
            let levels = [Level::Leaf, Level::SubCa2, Level::SubCa1, Level::Root];
            let mut pki = Pki::with(profile, Role::Any, &levels, KeyAlgorithm::P384, &Key::fake);
            pki.policy.allow_secp384r1 = allow;
            let default = matches!(profile, Profile::Private | Profile::Rfc5280);
            pki.check(|run| match run.result {
                Ok(_) => assert!(allow.unwrap_or(default), "{profile:?}"),
                Err(refusals) => {
                    assert!(!allow.unwrap_or(default), "{profile:?} {allow:?} {refusals}");
                    assert!(refusals.contains("signature-algorithm"));
                }
            });
        }
    }
    // It is no more than that curve.
    let allow = |policy: &mut Policy| policy.allow_secp384r1 = Some(true);
    let ed25519 = |pki: &mut Pki| pki.specs[0].key = Key::fake(KeyAlgorithm::Ed25519, "another");
    never_tolerated(SECC.0, SECC.1, "key-algorithm", ed25519, allow);
    let sha512 = |pki: &mut Pki| pki.specs[0].signature_algorithm = SignatureAlgorithm::EcdsaSha512;
    never_tolerated(SECC.0, SECC.1, "signature-algorithm", sha512, allow);
}

#[test]
fn an_anchors_extended_key_usage_means_nothing_unless_policy_says_so() {
    for profile in EDITIONS {
        let mut pki = Pki::new(profile, Role::OcspSigner);
        // The real root has it. It is critical where the edition wants that.
        pki.specs[3].extended_key_usage(true, &[oid::OCSP_SIGNING]);
        pki.check(|run| assert!(run.result.is_ok(), "{profile:?}"));
        pki.policy.check_anchor_eku = true;
        pki.check(|run| assert!(run.result.unwrap_err().contains("extended-key-usage")));
    }
    let mut pki = Pki::new(Profile::Rfc5280, Role::Secc);
    pki.specs[3].extended_key_usage(false, &[oid::OCSP_SIGNING]);
    pki.check(|run| assert!(run.result.is_ok()));
    pki.policy.check_anchor_eku = true;
    pki.check(|run| assert!(run.result.unwrap_err().contains("extended-key-usage")));
    pki.specs[3].extended_key_usage(false, &[oid::OCSP_SIGNING, oid::SERVER_AUTH]);
    pki.check(|run| assert!(run.result.is_ok()));
    // Of a Sub-CA it always counts.
    pki.specs[1].extended_key_usage(false, &[oid::OCSP_SIGNING]);
    pki.policy.check_anchor_eku = false;
    pki.check(|run| assert!(run.result.unwrap_err().contains("extended-key-usage")));
}

#[test]
fn the_other_editions_criticality_is_tolerated_by_policy() {
    let switch = |policy: &mut Policy| policy.tolerate_other_criticality = true;
    let flip = |pki: &mut Pki| {
        for spec in &mut pki.specs {
            for extension in &mut spec.extensions {
                let flipped = [oid::SUBJECT_KEY_IDENTIFIER, oid::AUTHORITY_KEY_IDENTIFIER, oid::AUTHORITY_INFO_ACCESS];
                extension.critical ^= flipped.contains(&extension.oid.as_slice());
            }
        }
    };
    for profile in Profile::ALL {
        for role in [Role::Secc, Role::Contract] {
            if profile != Profile::Private {
                tolerated(profile, role, "criticality", flip, switch);
            }
        }
    }
    let usage = |pki: &mut Pki| pki.specs[0].extensions.iter_mut().for_each(|extension| extension.critical = false);
    for profile in EDITIONS {
        never_tolerated(profile, Role::Secc, "critical-constraints", usage, switch);
    }
}

#[test]
fn other_key_identifiers_and_times_are_tolerated_by_policy() {
    let long = |pki: &mut Pki| {
        pki.specs.iter_mut().for_each(|spec| {
            let critical = spec.extensions.iter().any(|e| e.oid == oid::SUBJECT_KEY_IDENTIFIER && e.critical);
            let id = spec.key.id(20);
            spec.subject_key_id(critical, &id);
        })
    };
    let relink = |pki: &mut Pki| {
        long(pki);
        for index in 0..3 {
            let id = pki.specs[index + 1].key.id(20);
            pki.specs[index].authority_key_id(true, &id);
        }
    };
    tolerated(Profile::Iso15118_20, Role::Contract, "ski-method", relink, |policy| policy.tolerate_other_ski_method = true);
    let utc = |pki: &mut Pki| pki.specs.iter_mut().for_each(|spec| spec.generalized = [false; 2]);
    let switch = |policy: &mut Policy| policy.tolerate_utc_time = true;
    tolerated(Profile::Iso15118_20Amd1, Role::Contract, "generalized-time", utc, switch);
    for generalized in [false, true] {
        let mut pki = Pki::new(Profile::Iso15118_20, Role::Contract);
        pki.specs.iter_mut().for_each(|spec| spec.generalized = [generalized; 2]);
        pki.check(|run| assert!(run.result.is_ok()));
    }
}

#[test]
fn a_leaf_without_basic_constraints_is_tolerated_by_policy() {
    let switch = |policy: &mut Policy| policy.tolerate_leaf_without_basic_constraints = true;
    for profile in EDITIONS {
        let leaf = |pki: &mut Pki| pki.specs[0].remove(oid::BASIC_CONSTRAINTS);
        tolerated(profile, Role::Secc, "basic-constraints", leaf, switch);
        let sub_ca = |pki: &mut Pki| pki.specs[1].remove(oid::BASIC_CONSTRAINTS);
        never_tolerated(profile, Role::Secc, "ca", sub_ca, switch);
    }
    // `cA FALSE` written out is what the field has.
    let mut pki = Pki::new(Profile::Iso15118_2, Role::Contract);
    pki.specs[0].set(oid::BASIC_CONSTRAINTS, true, vec![0x30, 3, 1, 1, 0]);
    pki.check(|run| assert!(run.result.is_ok()));
}

#[test]
fn more_key_usage_is_tolerated_by_policy_but_no_leaf_is_a_ca() {
    let switch = |policy: &mut Policy| policy.tolerate_surplus_key_usage = true;
    let add = |index: usize, bits: u16| {
        move |pki: &mut Pki| {
            let usage = pki.specs[index].usage();
            pki.specs[index].key_usage(usage | bits);
        }
    };
    for profile in EDITIONS {
        tolerated(profile, Role::Cps, "key-usage", add(0, KeyUsage::DATA_ENCIPHERMENT | KeyUsage::DECIPHER_ONLY), switch);
        tolerated(profile, Role::Cps, "key-usage", add(1, KeyUsage::KEY_AGREEMENT), switch);
        never_tolerated(profile, Role::Cps, "ca-usage", add(0, KeyUsage::KEY_CERT_SIGN), switch);
        never_tolerated(profile, Role::Cps, "ca-usage", add(0, KeyUsage::CRL_SIGN), switch);
        let less = |pki: &mut Pki| pki.specs[0].key_usage(KeyUsage::NON_REPUDIATION);
        never_tolerated(profile, Role::Cps, "key-usage", less, switch);
    }
}

#[test]
fn unlisted_extensions_are_tolerated_by_policy_unless_critical() {
    let switch = |policy: &mut Policy| policy.tolerate_unlisted_extensions = true;
    let add = |critical| move |pki: &mut Pki| pki.specs[0].set(&[0x2A, 3, 4], critical, vec![5, 0]);
    let name = |pki: &mut Pki| pki.specs[0].set(oid::SUBJECT_ALT_NAME, false, sequence(&[tlv(0x82, b"station.example")]));
    for profile in [Profile::Iso15118_20, Profile::Iso15118_20Amd1] {
        tolerated(profile, Role::Secc, "extensions", add(false), switch);
        tolerated(profile, Role::Secc, "extensions", name, switch);
        never_tolerated(profile, Role::Secc, "critical-extension", add(true), switch);
    }
    // Of -2 and RFC 5280 only the critical ones count.
    for profile in [Profile::Iso15118_2, Profile::Rfc5280, Profile::Private] {
        let mut pki = Pki::new(profile, Role::Secc);
        add(false)(&mut pki);
        pki.check(|run| assert!(run.result.is_ok()));
        never_tolerated(profile, Role::Secc, "critical-extension", add(true), switch);
    }
}

#[test]
fn outliving_the_issuer_is_tolerated_by_policy() {
    let outlive = |pki: &mut Pki| pki.specs[1].not_after = pki.specs[2].not_after + 1;
    for profile in EDITIONS {
        tolerated(profile, Role::Secc, "outlives-issuer", outlive, |policy| policy.tolerate_outliving_issuer = true);
    }
}

#[test]
fn other_names_are_tolerated_by_policy_but_not_another_dc_of_the_leaf() {
    let switch = |policy: &mut Policy| policy.tolerate_other_names = true;
    let cn = |pki: &mut Pki| pki.specs[0].attribute(oid::COMMON_NAME, "not that identifier");
    for profile in EDITIONS {
        tolerated(profile, Role::Contract, "cn", cn, switch);
        tolerated(profile, Role::OemProvisioning, "cn", cn, switch);
        let none = |pki: &mut Pki| pki.specs[0].remove_attribute(oid::COMMON_NAME);
        never_tolerated(profile, Role::Contract, "cn", none, switch);
        for role in [Role::Secc, Role::Cps] {
            let none = |pki: &mut Pki| pki.specs[0].remove_attribute(oid::DOMAIN_COMPONENT);
            never_tolerated(profile, role, "dc", none, switch);
        }
    }
    let root = |pki: &mut Pki| pki.specs[3].remove_attribute(oid::DOMAIN_COMPONENT);
    tolerated(Profile::Iso15118_2, Role::Secc, "dc", root, switch);
    let oem = |pki: &mut Pki| pki.specs[0].attribute(oid::DOMAIN_COMPONENT, "XX");
    never_tolerated(Profile::Iso15118_2, Role::OemProvisioning, "dc", oem, switch);
    tolerated(Profile::Iso15118_2, Role::Contract, "dc", oem, switch);
    let organization = |pki: &mut Pki| pki.specs[0].remove_attribute(oid::ORGANIZATION);
    tolerated(Profile::Iso15118_20, Role::Contract, "organization", organization, switch);
    let more = |pki: &mut Pki| pki.specs[0].attribute(oid::SERIAL_NUMBER, "1");
    tolerated(Profile::Iso15118_20, Role::Contract, "subject-attributes", more, switch);
}

#[test]
fn a_secc_of_edition_20_has_key_agreement_with_an_ecdsa_key_only() {
    for profile in [Profile::Iso15118_20, Profile::Iso15118_20Amd1] {
        let levels = [Level::Leaf, Level::SubCa2, Level::SubCa1, Level::Root];
        let mut pki = Pki::with(profile, Role::Secc, &levels, KeyAlgorithm::Ed448, &Key::fake);
        pki.check(|run| assert!(run.result.is_ok(), "{}", run.result.unwrap_err()));
        pki.specs[0].key_usage(KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT);
        pki.check(|run| assert!(run.result.unwrap_err().contains("key-agreement")));
    }
}

#[test]
fn the_second_of_two_domain_components_counts_where_one_of_them_is_enough() {
    for (profile, good) in [(Profile::Iso15118_2, true), (Profile::Iso15118_20, true), (Profile::Iso15118_20Amd1, false)] {
        let mut pki = Pki::new(profile, Role::Secc);
        pki.specs[0].subject.push((oid::DOMAIN_COMPONENT, "example".to_owned()));
        pki.check(|run| assert_eq!(run.result.is_ok(), good, "{profile:?}"));
    }
    let mut pki = Pki::new(Profile::Iso15118_2, Role::Contract);
    for dc in ["example", "MO"] {
        pki.specs[0].subject.push((oid::DOMAIN_COMPONENT, dc.to_owned()));
    }
    pki.check(|run| assert!(run.result.is_ok()));
}

#[test]
fn a_distribution_point_is_a_revocation_pointer_and_an_empty_access_is_none() {
    let mut pki = Pki::new(Profile::Iso15118_20, Role::Contract);
    pki.specs[0].remove(oid::AUTHORITY_INFO_ACCESS);
    pki.specs[0].distribution_point(true);
    pki.check(|run| assert!(run.result.is_ok()));
    pki.specs[0].remove(oid::CRL_DISTRIBUTION_POINTS);
    let elsewhere = sequence(&[sequence(&[tlv(6, oid::CA_ISSUERS), tlv(0x86, b"http://ca.example")])]);
    pki.specs[0].set(oid::AUTHORITY_INFO_ACCESS, true, elsewhere);
    pki.check(|run| assert!(run.result.unwrap_err().contains("revocation-pointer")));
}

#[test]
fn every_rule_that_belongs_to_no_table_has_a_test_of_its_own() {
    let tests = [include_str!("paths.rs"), include_str!("status.rs")].concat();
    let mut ids = BTreeSet::new();
    for rule in GENERAL_RULES {
        assert!(ids.insert(rule.id), "{} twice", rule.id);
        assert!(tests.contains(&format!("\"{}\"", rule.id)), "{} has no test", rule.id);
        assert!(!rule.requirement.is_empty() && !rule.text.is_empty());
    }
    for profile in Profile::ALL {
        for role in Role::ALL {
            let shape = profile.shape(role);
            assert_eq!((shape.too_short.id, shape.too_long.id), ("sub-ca-missing", "chain-length"));
        }
    }
}
