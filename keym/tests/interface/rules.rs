//! Element rules: conditions, AND and OR.

use super::certificates::{chain, ders, pki, LEAF, SUB2};
use super::fakes::*;
use super::setup::*;
use v2gcrypt_keym::config::*;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_types::*;

fn condition(element: u16, kind: u8, value: u64) -> KeyM_CertConditionConfigType {
    KeyM_CertConditionConfigType {
        certificateId: LEAF,
        elementId: element,
        conditionType: kind,
        valueKind: KEYM_CONDITION_PRIMITIVE,
        arrayElementCount: 0,
        valueHigh: (value >> 32) as u32,
        valueLow: value as u32,
        arrayElements: std::ptr::null(),
        otherCertificateId: 0,
        otherElementId: 0,
        readPort: None,
    }
}

fn array(kind: u8, bytes: &[(u16, u8)]) -> KeyM_CertConditionConfigType {
    let bytes: Vec<_> =
        bytes.iter().map(|(index, value)| KeyM_ConditionArrayElementType { index: *index, value: *value }).collect();
    KeyM_CertConditionConfigType {
        valueKind: KEYM_CONDITION_ARRAY,
        arrayElementCount: bytes.len() as u16,
        arrayElements: leak(bytes),
        ..condition(1, kind, 0)
    }
}

fn rule(operator: u8, arguments: &[(u8, u16)]) -> KeyM_CertRuleConfigType {
    let arguments: Vec<_> = arguments.iter().map(|(kind, index)| KeyM_RuleArgumentType { kind: *kind, index: *index }).collect();
    KeyM_CertRuleConfigType { argumentCount: arguments.len() as u16, arguments: leak(arguments), logicalOperator: operator }
}

/// Whether the leaf is valid with these rules, of which it has the last.
fn holds(ders: &[Vec<u8>], conditions: Vec<KeyM_CertConditionConfigType>, rules: Vec<KeyM_CertRuleConfigType>) -> bool {
    let last = rules.len() as u16 - 1;
    let mut setup = chain(|mut slots| {
        let leaf = slots.pop().unwrap().rules(vec![last]);
        slots.push(leaf);
        Setup::new(slots)
    });
    (setup.conditions, setup.rules) = (conditions, rules);
    setup.start(|_| ());
    for (id, der) in ders.iter().enumerate() {
        assert_eq!(set(id as u16, der), E_OK);
    }
    match verify_now(LEAF) {
        KEYM_CERTIFICATE_VALID => true,
        KEYM_E_CERTIFICATE_INVALID_CONTENT => false,
        other => panic!("{other}"),
    }
}

const C: u8 = KEYM_ARGUMENT_CONDITION;
const R: u8 = KEYM_ARGUMENT_RULE;

#[test]
fn each_kind_of_condition_holds_where_it_should() {
    let _serial = serial();
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    // The serial number is 01 01, the common name DEABC123456789Y.
    let port = |kind| KeyM_CertConditionConfigType {
        valueKind: KEYM_CONDITION_SENDER_RECEIVER,
        readPort: Some(read_port),
        ..condition(1, kind, 0)
    };
    let same = |element, other, kind| KeyM_CertConditionConfigType {
        valueKind: KEYM_CONDITION_CERT_ELEMENT,
        otherCertificateId: LEAF,
        otherElementId: other,
        ..condition(element, kind, 0)
    };
    let rows = [
        (condition(2, KEYM_EQUALS, 0x0101), true),
        (condition(2, KEYM_EQUALS, 0x0102), false),
        (condition(2, KEYM_EQUALS, 0x1_0000_0101), false),
        (condition(2, KEYM_EQUALS_NOT, 0x0102), true),
        (condition(2, KEYM_EQUALS_NOT, 0x0101), false),
        (condition(2, KEYM_LESS_THAN, 0x0102), true),
        (condition(2, KEYM_LESS_THAN, 0x0101), false),
        (condition(2, KEYM_LESS_OR_EQUAL, 0x0101), true),
        (condition(2, KEYM_LESS_OR_EQUAL, 0x0100), false),
        (condition(2, KEYM_GREATER_THAN, 0x0100), true),
        (condition(2, KEYM_GREATER_THAN, 0x0101), false),
        (condition(2, KEYM_GREATER_OR_EQUAL, 0x0101), true),
        (condition(2, KEYM_GREATER_OR_EQUAL, 0x0102), false),
        // Longer than any number.
        (condition(1, KEYM_GREATER_THAN, u64::MAX), true),
        (condition(1, KEYM_EQUALS, 0), false),
        (condition(4, KEYM_EQUALS, 2), true),
        (array(KEYM_EQUALS, &[(0, b'D'), (1, b'E'), (14, b'Y')]), true),
        (array(KEYM_EQUALS, &[(0, b'D'), (1, b'F')]), false),
        (array(KEYM_EQUALS, &[(15, b'Y')]), false),
        (array(KEYM_EQUALS_NOT, &[(15, b'Y')]), true),
        (array(KEYM_EQUALS_NOT, &[(0, b'D')]), false),
        (array(KEYM_GREATER_OR_EQUAL, &[(0, b'C')]), true),
        (array(KEYM_LESS_THAN, &[(0, b'D')]), false),
        (same(2, 2, KEYM_EQUALS), true),
        (same(2, 4, KEYM_EQUALS), false),
        (same(2, 4, KEYM_GREATER_THAN), true),
        // There is no unique identifier: no condition on it holds.
        (condition(6, KEYM_EQUALS_NOT, 1), false),
        (same(2, 6, KEYM_EQUALS_NOT), false),
        (port(KEYM_EQUALS), false),
    ];
    for (index, (condition, wanted)) in rows.into_iter().enumerate() {
        assert_eq!(holds(&ders, vec![condition], vec![rule(KEYM_AND, &[(C, 0)])]), wanted, "row {index}");
    }
    fake(|fake| fake.port = Some(super::pki::EMAID.as_bytes().to_vec()));
    assert!(holds(&ders, vec![port(KEYM_EQUALS)], vec![rule(KEYM_AND, &[(C, 0)])]));
    fake(|fake| fake.port = Some(b"DEABC123456789Z".to_vec()));
    assert!(!holds(&ders, vec![port(KEYM_EQUALS)], vec![rule(KEYM_AND, &[(C, 0)])]));
}

#[test]
fn conditions_and_rules_are_joined_by_and_and_or() {
    let _serial = serial();
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    let conditions = || vec![condition(2, KEYM_EQUALS, 0x0101), condition(2, KEYM_EQUALS, 1)];
    let (yes, no) = ((C, 0), (C, 1));
    let rows: [(Vec<KeyM_CertRuleConfigType>, bool); 8] = [
        (vec![rule(KEYM_AND, &[yes, yes])], true),
        (vec![rule(KEYM_AND, &[yes, no])], false),
        (vec![rule(KEYM_OR, &[no, yes])], true),
        (vec![rule(KEYM_OR, &[no, no])], false),
        (vec![rule(KEYM_OR, &[no, yes]), rule(KEYM_AND, &[yes, (R, 0)])], true),
        (vec![rule(KEYM_AND, &[no, yes]), rule(KEYM_AND, &[yes, (R, 0)])], false),
        (vec![rule(KEYM_AND, &[no]), rule(KEYM_OR, &[(R, 0), yes])], true),
        (vec![rule(KEYM_AND, &[yes]), rule(KEYM_AND, &[(R, 0)]), rule(KEYM_AND, &[(R, 1), (R, 0)])], true),
    ];
    for (index, (rules, wanted)) in rows.into_iter().enumerate() {
        assert_eq!(holds(&ders, conditions(), rules), wanted, "row {index}");
    }
}

#[test]
fn rules_and_profile_of_a_sub_ca_hold_for_one_that_comes_with_its_leaf() {
    let _serial = serial();
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    let install = |version: u64, profile: u8| {
        let mut setup = super::services::stored();
        let sub = setup.certificates[usize::from(SUB2)];
        let sub = sub.elements(vec![element(1, KEYM_ELEMENT_VERSION_NUMBER, &[], 0)]).rules(vec![0]);
        setup.certificates[usize::from(SUB2)] = sub.role(KEYM_V2G_ROLE_SUB_CA_2, profile);
        setup.conditions = vec![KeyM_CertConditionConfigType { certificateId: SUB2, ..condition(1, KEYM_EQUALS, version) }];
        setup.rules = vec![rule(KEYM_AND, &[(C, 0)])];
        fake(|fake| fake.nvm.data.clear());
        setup.start(|_| ());
        assert_eq!(service(0, KEYM_SERVICE_CERT_SET_ROOT, &ders[0]), Ok((KEYM_RT_OK, vec![])));
        let told = service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_SET_CHAIN, &super::services::bundle(&ders));
        (told, status(SUB2), get(LEAF).is_ok())
    };
    let refused = (Ok((KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, vec![])), KEYM_CERTIFICATE_NOT_AVAILABLE, false);
    assert_eq!(install(7, KEYM_V2G_PROFILE_ISO15118_2), refused);
    assert_eq!(install(2, KEYM_V2G_PROFILE_ISO15118_20), refused);
    let accepted = (Ok((KEYM_RT_OK, vec![])), KEYM_CERTIFICATE_VALID, true);
    assert_eq!(install(2, KEYM_V2G_PROFILE_ISO15118_2), accepted);
}
