//! What is wrong with a configuration: every finding names the file, the ARXML path, the fault and the way out.

use std::fmt;
use std::path::PathBuf;

/// Whether output may be written in spite of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// It is printed, and generation goes on.
    Warning,
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident = $severity:ident $tag:literal,)*) => {
        /// What kind of fault a finding is.
        #[non_exhaustive]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$meta])* $kind,)*
        }

        impl Kind {
            /// Every kind there is.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind,)*];

            /// Error or warning.
            pub fn severity(self) -> Severity {
                match self {
                    $(Kind::$kind => Severity::$severity,)*
                }
            }

            /// The short name that is printed in brackets and that docs/arxml.md explains.
            pub fn tag(self) -> &'static str {
                match self {
                    $(Kind::$kind => $tag,)*
                }
            }
        }
    };
}

kinds! {
    /// The file cannot be read.
    Unreadable = Error "unreadable-file",
    /// The file is not ARXML.
    Unparsable = Error "unparsable-file",
    /// The file deviates from its schema, but can be understood.
    SchemaDeviation = Warning "schema-deviation",
    /// No configuration of Csm, CryIf or Crypto.
    MissingModule = Error "missing-module",
    /// Two configurations of Csm or CryIf.
    DuplicateModule = Error "duplicate-module",
    /// Two containers with one path, or one that two files describe differently.
    DuplicateShortName = Error "duplicate-short-name",
    /// A short name or function name that C does not accept.
    InvalidName = Error "invalid-name",
    /// One symbolic name for two numbers.
    DuplicateName = Error "duplicate-name",
    /// A mandatory parameter is absent.
    MissingParameter = Error "missing-parameter",
    /// A parameter that may stand once stands twice, with different values.
    AmbiguousParameter = Error "ambiguous-parameter",
    /// Not a number, not a boolean, or out of range.
    InvalidValue = Error "invalid-value",
    /// An enumeration literal that AUTOSAR does not know.
    UnknownLiteral = Error "unknown-literal",
    /// A mandatory reference is absent.
    MissingReference = Error "missing-reference",
    /// A reference to nothing.
    DanglingReference = Error "dangling-reference",
    /// A reference to a container of another kind.
    WrongReference = Error "wrong-reference",
    /// Two containers with one id.
    DuplicateId = Error "duplicate-id",
    /// Ids that do not run from 0 without gaps.
    GappyId = Error "gappy-id",
    /// Two drivers whose functions would have the same names.
    DuplicateInfix = Error "duplicate-infix",
    /// A primitive without, or with more than, one service and its configuration.
    WrongPrimitive = Error "wrong-primitive",
    /// A feature of AUTOSAR that this implementation does not have.
    NotSupported = Error "not-supported",
    /// The driver object of a job does not offer the job's algorithm.
    AlgorithmNotOffered = Error "algorithm-not-offered",
    /// The soft driver has no such algorithm.
    AlgorithmUnknown = Error "algorithm-unknown",
    /// A job's key lies in another driver than the object that computes.
    DriverMismatch = Error "driver-mismatch",
    /// A key type without the element that a job needs.
    MissingKeyElement = Error "missing-key-element",
    /// A key element that cannot hold the key of a job's algorithm.
    KeyElementSize = Error "key-element-size",
    /// A key element in a format in which a job has no key.
    KeyElementFormat = Error "key-element-format",
    /// A key element that a service has to write, and may not.
    UnwritableTarget = Error "unwritable-target",
    /// A secret that a service would write to where it is easier to read than what it is made of.
    WeakerTarget = Error "weaker-target",
    /// An asynchronous job on a queue in which nothing can wait.
    AsyncWithoutQueue = Error "async-without-queue",
    /// A persistent key element whose key has no NvM block.
    NvBlockMissing = Error "nv-block-missing",
    /// A NvM block that keeps nothing.
    NothingPersistent = Error "nothing-persistent",
    /// One NvM block for two keys.
    NvBlockShared = Error "nv-block-shared",
    /// A NvM block of which no key can be kept.
    NvBlockSetting = Error "nv-block-setting",
    /// Upper certificates that end in no root, or too late.
    CertificateChain = Error "certificate-chain",
    /// Rules of certificates that refer to each other in a circle.
    RuleCycle = Error "rule-cycle",
    /// A job that cannot do what KeyM uses it for.
    CertificateJob = Error "certificate-job",
    /// A certificate or key, and where it is kept, do not fit.
    StorageMismatch = Error "storage-mismatch",
    /// Switches of KeyM that contradict each other.
    KeyMSwitch = Error "keym-switch",
    /// A secret in the HSM that everybody may read.
    HsmReadableSecret = Error "hsm-readable-secret",
    /// A key element that cannot be in the HSM as it is.
    HsmElement = Error "hsm-element",
    /// Nobody can tell what a slot of the HSM is to hold, or there is no such slot.
    HsmKind = Error "hsm-kind",
    /// Too many slots of the HSM, or a wrong number of one.
    HsmSlot = Error "hsm-slot",
    /// A NvM block for a key that the HSM keeps.
    HsmNvBlock = Error "hsm-nv-block",
    /// Modules disagree about a policy.
    PolicyMismatch = Error "policy-mismatch",
    /// NvM guards a block that guards itself.
    NvBlockCrc = Warning "nv-block-crc",
    /// A container, parameter or reference that nobody reads.
    UnknownName = Warning "unknown-name",
    /// An asynchronous job whose end nobody hears of.
    AsyncWithoutCallback = Warning "async-without-callback",
    /// A synchronous job whose callback is never called.
    SyncWithCallback = Warning "sync-with-callback",
    /// A secret key that anybody may read.
    ReadableSecret = Warning "readable-secret",
    /// A secret key that gets out piece by piece.
    WeakenedSecret = Warning "weakened-secret",
    /// An initialisation vector whose read access makes it look like a secret.
    HiddenIv = Warning "hidden-iv",
    /// A key that can never get a value.
    UnsettableKey = Warning "unsettable-key",
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// File that holds it; empty when all files together are meant.
    pub file: PathBuf,
    /// ARXML path of the container, or empty when the file as a whole is meant.
    pub path: String,
    /// What kind of fault.
    pub kind: Kind,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.kind.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}[{}]", self.kind.tag())?;
        if !self.file.as_os_str().is_empty() {
            write!(f, ": {}", self.file.display())?;
        }
        if !self.path.is_empty() {
            write!(f, ": {}", self.path)?;
        }
        write!(f, "\n    {}\n    -> {}", self.problem, self.remedy)
    }
}

/// All faults of a configuration, sorted by file and path.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// No fault.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every fault, errors and warnings.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them forbids output.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|finding| finding.kind.severity() == Severity::Error)
    }

    /// Whether a file is not known, so that nobody can tell what the files lack.
    pub(crate) fn is_blind(&self) -> bool {
        self.0.iter().any(|finding| matches!(finding.kind, Kind::Unreadable | Kind::Unparsable))
    }

    pub(crate) fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    pub(crate) fn sort(&mut self) {
        self.0.sort();
        self.0.dedup();
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}
