//! What is counted, and the committed counts: ffi-tests/wycheproof.txt, which docs/coverage.md shows.

use std::collections::BTreeMap;
use std::sync::Mutex;

use v2gcrypt_ffi_tests::build::is_instrumented;
use v2gcrypt_ffi_tests::coverage::WYCHEPROOF;
use v2gcrypt_ffi_tests::workspace;

/// The vectors of one algorithm.
#[derive(Debug, Default)]
pub struct Count {
    agreed: u32,
    refused: BTreeMap<&'static str, u32>,
}

/// Tests run at once, and each may write its row.
static FILE: Mutex<()> = Mutex::new(());

impl Count {
    /// A vector agreed in each way in which it was tried.
    pub fn agree(&mut self) {
        self.agreed += 1;
    }

    /// A vector was refused by us or by the conversion that comes before us, which Wycheproof does not demand.
    pub fn refuse(&mut self, reason: &'static str) {
        *self.refused.entry(reason).or_default() += 1;
    }

    /// At least `floor` vectors agreed, and the counts are the committed ones.
    pub fn check(self, algorithm: &str, floor: u32, ways: &str) {
        if is_instrumented() {
            return; // not all vectors
        }
        assert!(self.agreed >= floor, "{algorithm}: only {} vectors agree", self.agreed);
        let reasons: Vec<String> = self.refused.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        let row = format!("{algorithm} | {} | {} | {ways}", self.agreed, reasons.join("; "));
        println!("{row}");
        let _guard = FILE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let path = workspace().join(WYCHEPROOF);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut rows: BTreeMap<&str, &str> = text.lines().filter_map(|row| Some((row.split(" | ").next()?, row))).collect();
        if rows.insert(algorithm, &row) == Some(row.as_str()) {
            return;
        }
        assert!(std::env::var_os("V2GCRYPT_BLESS").is_some(), "not what {WYCHEPROOF} says; run again with V2GCRYPT_BLESS=1");
        let text: String = rows.values().map(|row| format!("{row}\n")).collect();
        std::fs::write(&path, text).expect("the counts can be written");
    }
}
