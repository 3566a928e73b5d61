//! One defect at a time for every rule of every table, found by enumerating the tables.

use super::builder::*;
use super::pki::{roles, Pki};
use std::collections::BTreeSet;
use v2gcrypt_keym::path::Presence;
use v2gcrypt_keym::profile::{Check, CnSyntax, Dc, Extension, Level, Profile, Role};
use v2gcrypt_keym::x509::{oid, KeyAlgorithm, KeyUsage, SignatureAlgorithm};

type Defect = Box<dyn Fn(&mut Pki, usize)>;

fn spec(change: impl Fn(&mut Spec) + 'static) -> Defect {
    Box::new(move |pki, index| change(&mut pki.specs[index]))
}

/// An extension that nobody knows.
fn foreign(critical: bool) -> Defect {
    spec(move |spec| spec.set(&[0x2A, 3, 4], critical, vec![5, 0]))
}

/// All ways in which a certificate breaks the rule; none: the rule cannot be broken on its own.
fn defects(check: Check) -> Vec<Defect> {
    match check {
        Check::Version3 => vec![spec(|spec| {
            spec.version = 2;
            spec.extensions.clear();
        })],
        Check::Size(most) => vec![spec(move |spec| {
            let padding = sequence(&[tlv(6, &[0x2A, 3]), tlv(0x30, &vec![5; most])]);
            spec.set(oid::CERTIFICATE_POLICIES, false, sequence(&[padding]));
        })],
        Check::Serial(_) => vec![
            spec(|spec| spec.serial = vec![1; 21]),
            spec(|spec| spec.serial = vec![0]),
            spec(|spec| spec.serial = vec![0x80, 1]),
        ],
        Check::NoUniqueIds => vec![spec(|spec| spec.unique_ids = true)],
        Check::SubjectPresent => vec![spec(|spec| spec.subject.clear())],
        Check::SelfIssued => vec![spec(|spec| spec.issuer = Some(vec![(oid::COMMON_NAME, "another".to_owned())]))],
        Check::KeyAlgorithm(allowed) => {
            let others = [KeyAlgorithm::P256, KeyAlgorithm::P384, KeyAlgorithm::P521, KeyAlgorithm::Ed448, KeyAlgorithm::Ed25519];
            let others = others.into_iter().filter(|other| !allowed.contains(other));
            others.map(|other| spec(move |spec| spec.key = Key::fake(other, "another"))).collect()
        }
        Check::SignatureAlgorithm(allowed) => {
            let others = [SignatureAlgorithm::EcdsaSha1, SignatureAlgorithm::EcdsaSha256, SignatureAlgorithm::EcdsaSha384];
            let others = others.into_iter().chain([SignatureAlgorithm::Other]).filter(|other| !allowed.contains(other));
            others.map(|other| spec(move |spec| spec.signature_algorithm = other)).collect()
        }
        Check::ValidityInOrder => vec![spec(|spec| spec.not_after = spec.not_before - 1)],
        Check::ValidityAtMost(most) => vec![spec(move |spec| spec.not_before = spec.not_after - most - 1)],
        Check::ValidityNested => {
            vec![Box::new(|pki, index| pki.specs[index].not_after = pki.specs[index + 1].not_after + 1)]
        }
        Check::GeneralizedTime => {
            vec![spec(|spec| spec.generalized = [false, true]), spec(|spec| spec.generalized = [true, false])]
        }
        Check::DomainComponent(dc, _) => dc_defects(dc),
        Check::CommonName(syntax) => {
            let mut all = vec![
                spec(|spec| spec.remove_attribute(oid::COMMON_NAME)),
                spec(|spec| spec.attribute(oid::COMMON_NAME, "")),
                spec(|spec| spec.subject.extend(spec.subject.clone())),
            ];
            if syntax != CnSyntax::Present {
                all.push(spec(|spec| spec.attribute(oid::COMMON_NAME, "?")));
                all.push(spec(|spec| spec.attribute(oid::COMMON_NAME, &"A".repeat(300))));
            }
            all
        }
        Check::Attribute(oid) => {
            vec![spec(move |spec| spec.remove_attribute(oid)), spec(move |spec| spec.attribute(oid, ""))]
        }
        Check::OnlyAttributes(_) => vec![spec(|spec| spec.attribute(oid::SERIAL_NUMBER, "1"))],
        Check::Present(extension) => vec![spec(move |spec| spec.remove(extension.oid()))],
        Check::Critical(extensions) | Check::CriticalByEdition(extensions) => criticality(extensions, false),
        Check::NotCriticalByEdition(extensions) => criticality(extensions, true),
        Check::Only(_) => vec![foreign(false)],
        Check::NoUnknownCritical => vec![foreign(true)],
        Check::NoNameConstraints => {
            vec![spec(|spec| spec.set(oid::NAME_CONSTRAINTS, true, vec![0x30, 0])), {
                spec(|spec| spec.set(oid::NAME_CONSTRAINTS, false, vec![0x30, 0]))
            }]
        }
        Check::BasicConstraints => vec![spec(|spec| spec.remove(oid::BASIC_CONSTRAINTS))],
        Check::Ca => {
            vec![spec(|spec| spec.remove(oid::BASIC_CONSTRAINTS)), spec(|spec| spec.basic_constraints(false, None))]
        }
        Check::CaIfPresent => vec![spec(|spec| spec.basic_constraints(false, None))],
        Check::NotCa => vec![spec(|spec| spec.basic_constraints(true, None))],
        Check::PathLen(None) => vec![spec(|spec| spec.basic_constraints(true, Some(9)))],
        Check::PathLen(Some(length)) => vec![
            spec(|spec| spec.basic_constraints(true, None)),
            spec(move |spec| spec.basic_constraints(true, Some(length as u8 + 1))),
        ],
        Check::KeyUsage(required, optional) => (0..9)
            .map(|bit| 1 << bit)
            .filter(|bit| optional & bit == 0)
            .map(|bit| spec(move |spec| spec.key_usage(spec.usage() ^ bit)))
            .inspect(|_| assert_ne!(required, 0))
            .collect(),
        Check::KeyUsageIfPresent(required) => vec![spec(move |spec| spec.key_usage(spec.usage() & !required))],
        Check::KeyUsageNone(forbidden) => (0..9)
            .map(|bit| 1 << bit)
            .filter(|bit| forbidden & bit != 0)
            .map(|bit| spec(move |spec| spec.key_usage(spec.usage() | bit)))
            .collect(),
        Check::KeyAgreementByPolicy => vec![
            Box::new(|pki, _| pki.policy.secc_key_agreement = Presence::Forbidden),
            Box::new(|pki, index| {
                pki.policy.secc_key_agreement = Presence::Required;
                pki.specs[index].key_usage(KeyUsage::DIGITAL_SIGNATURE);
            }),
        ],
        Check::KeyAgreementByKey => vec![
            spec(|spec| spec.key_usage(KeyUsage::DIGITAL_SIGNATURE)),
            spec(|spec| spec.key = Key::fake(KeyAlgorithm::Ed448, "another")),
        ],
        Check::Eku(_, _) => vec![
            spec(|spec| spec.remove(oid::EXTENDED_KEY_USAGE)),
            spec(|spec| spec.extended_key_usage(true, &[oid::SHA1])),
            spec(|spec| {
                spec.extended_key_usage(true, &[oid::SERVER_AUTH, oid::CLIENT_AUTH, oid::OCSP_SIGNING, oid::SHA1]);
            }),
        ],
        Check::EkuHas(_) => {
            vec![spec(|spec| spec.remove(oid::EXTENDED_KEY_USAGE)), spec(|spec| spec.extended_key_usage(false, &[oid::SHA1]))]
        }
        Check::EkuIfPresent(_) => vec![Box::new(|pki, index| {
            pki.policy.check_anchor_eku = true;
            pki.specs[index].extended_key_usage(true, &[oid::SHA1, oid::ANY_EXTENDED_KEY_USAGE]);
        })],
        Check::NoEku => vec![Box::new(|pki, index| {
            pki.policy.check_anchor_eku = true;
            pki.specs[index].extended_key_usage(false, &[oid::SERVER_AUTH]);
        })],
        Check::SkiLength(_) => [7, 21].map(|length| spec(move |spec| spec.subject_key_id(true, &vec![1; length]))).into(),
        Check::AkiMatches => vec![spec(|spec| spec.authority_key_id(true, &[7; 8]))],
        Check::RevocationPointer => vec![spec(|spec| spec.remove(oid::AUTHORITY_INFO_ACCESS))],
    }
}

fn dc_defects(dc: Dc) -> Vec<Defect> {
    let absent = || spec(|spec| spec.remove_attribute(oid::DOMAIN_COMPONENT));
    let other = || spec(|spec| spec.attribute(oid::DOMAIN_COMPONENT, "XX"));
    let last = || spec(|spec| spec.subject.push((oid::DOMAIN_COMPONENT, "XX".to_owned())));
    match dc {
        Dc::OneOf(_) => vec![absent(), other(), spec(|spec| spec.attribute(oid::DOMAIN_COMPONENT, "cpo"))],
        Dc::AbsentOr(_) => vec![other()],
        Dc::EndsWith(_) => vec![absent(), other(), last()],
        Dc::SingleEndsWith(end) => {
            let end = std::str::from_utf8(end).unwrap();
            vec![absent(), other(), last(), spec(move |spec| spec.subject.push((oid::DOMAIN_COMPONENT, end.to_owned())))]
        }
    }
}

/// Each of these extensions, there, with this criticality.
fn criticality(extensions: &'static [Extension], critical: bool) -> Vec<Defect> {
    let each = extensions.iter().map(|extension| -> Defect {
        spec(move |spec| {
            match extension {
                Extension::CrlDistributionPoints => spec.distribution_point(critical),
                Extension::CertificatePolicies => {
                    let policies = sequence(&[sequence(&[tlv(6, &[0x2A, 3])])]);
                    spec.set(oid::CERTIFICATE_POLICIES, critical, policies);
                }
                Extension::AuthorityInfoAccess => spec.responder_address(critical),
                Extension::SubjectInfoAccess => {
                    spec.responder_address(critical);
                    let value = spec.extensions.iter().find(|e| e.oid == oid::AUTHORITY_INFO_ACCESS).unwrap().value.clone();
                    spec.responder_address(false);
                    spec.set(oid::SUBJECT_INFO_ACCESS, critical, value);
                }
                Extension::AuthorityKeyId => spec.authority_key_id(critical, &[1; 8]),
                Extension::ExtendedKeyUsage => spec.extended_key_usage(critical, &[oid::SERVER_AUTH]),
                _ => {}
            }
            let oid = extension.oid();
            spec.extensions.iter_mut().filter(|e| e.oid == oid).for_each(|e| e.critical = critical);
        })
    });
    each.collect()
}

/// The chain that has a certificate of this level.
fn chain(profile: Profile, role: Role, level: Level) -> Pki {
    if level != Level::Cross {
        return Pki::new(profile, role);
    }
    let plain = Pki::new(profile, role);
    let algorithm = plain.specs[0].key.algorithm;
    let mut pki = Pki::with(profile, role, &Level::ALL, algorithm, &Key::fake);
    pki.policy.accept_cross_certificates = true;
    pki
}

/// Key usages by the names that ISO 15118 and RFC 5280 give them.
fn named(words: &str) -> u16 {
    let bit = |word| match word {
        "digitalSignature" => KeyUsage::DIGITAL_SIGNATURE,
        "nonRepudiation" => KeyUsage::NON_REPUDIATION,
        "keyEncipherment" => KeyUsage::KEY_ENCIPHERMENT,
        "keyAgreement" => KeyUsage::KEY_AGREEMENT,
        "keyCertSign" => KeyUsage::KEY_CERT_SIGN,
        "cRLSign" => KeyUsage::CRL_SIGN,
        other => panic!("{other}"),
    };
    words.split(", ").map(bit).fold(0, |all, bit| all | bit)
}

#[test]
fn every_key_usage_that_a_rule_names_is_accepted_with_all_the_others_that_it_names() {
    let mut count = 0;
    for profile in Profile::ALL {
        for role in roles(profile) {
            for level in Level::ALL {
                let rows = profile.table(role, level).into_iter().flat_map(|table| table.rows());
                for row in rows.filter(|row| matches!(row.check, Check::KeyUsage(..))) {
                    // From the words, not from the row's own numbers.
                    let usage = match (row.rule.text, profile, level) {
                        ("key usage has digitalSignature and no unknown purpose", Profile::Private, Level::Leaf) => {
                            named("digitalSignature, nonRepudiation, keyEncipherment, keyAgreement")
                        }
                        ("key usage has keyCertSign and no unknown purpose", Profile::Private, _) => {
                            named("keyCertSign, cRLSign, digitalSignature, nonRepudiation")
                        }
                        (text, ..) => {
                            let words = text.strip_prefix("key usage is ").unwrap_or_else(|| panic!("{profile:?} {text}"));
                            let (required, optional) = words.split_once(", at most with ").unwrap_or((words, ""));
                            let optional = if optional.is_empty() { 0 } else { named(optional) };
                            assert_eq!(row.check, Check::KeyUsage(named(required), optional), "{profile:?} {role:?} {level:?}");
                            named(required) | optional
                        }
                    };
                    let mut pki = chain(profile, role, level);
                    let index = if level == Level::Root { pki.specs.len() - 1 } else { level as usize };
                    pki.specs[index].key_usage(usage);
                    pki.check(|run| {
                        assert!(run.result.is_ok(), "{profile:?} {role:?} {level:?}:\n{}", run.result.unwrap_err());
                    });
                    count += 1;
                }
            }
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn every_rule_of_every_table_refuses_its_defects_and_nothing_else() {
    let (mut rows, mut planted) = (0, 0);
    let mut rules = BTreeSet::new();
    for profile in Profile::ALL {
        for role in roles(profile) {
            for level in Level::ALL {
                let Some(table) = profile.table(role, level) else {
                    assert_eq!(level, Level::Cross, "{profile:?} {role:?}");
                    continue;
                };
                let good = chain(profile, role, level);
                let index = if level == Level::Root { good.specs.len() - 1 } else { level as usize };
                good.check(|run| assert!(run.result.is_ok(), "{profile:?} {role:?} {level:?}:\n{}", run.result.unwrap_err()));
                let mut ids = BTreeSet::new();
                for row in table.rows() {
                    let what = format!("{profile:?} {role:?} {level:?} {}", row.rule.id);
                    assert!(ids.insert(row.rule.id), "{what}: twice");
                    assert!(!row.rule.requirement.is_empty() && !row.rule.text.is_empty(), "{what}");
                    let defects = defects(row.check);
                    assert!(!defects.is_empty(), "{what}: no defect");
                    for (number, defect) in defects.iter().enumerate() {
                        let mut bad = good.clone();
                        defect(&mut bad, index);
                        bad.check(|run| {
                            let refusals = run.result.expect_err(&format!("{what}: defect {number} is accepted"));
                            assert!(
                                refusals.iter().any(|refusal| {
                                    std::ptr::eq(refusal.rule, &row.rule) && refusal.certificate == bad.position(index)
                                }),
                                "{what}: defect {number}:\n{refusals}"
                            );
                            assert!(!refusals.is_undecided());
                        });
                        planted += 1;
                    }
                    rows += 1;
                    rules.insert((profile as usize, role as usize, level as usize, row.rule.id));
                }
            }
        }
    }
    println!("{planted} defects against {rows} rules");
    assert_eq!(rows, rules.len());
    assert!(rows > 1000, "{rows}");
}
