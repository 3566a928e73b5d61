//! The state machine.
#![forbid(unsafe_code)]

use super::chain::{Evidence, Link, Links};
use super::search::{self, Found, Search};
use super::{
    judge, rules, About, Action, Event, Fingerprint, HashAlgorithm, KnownIssuer, KnownStatus, Lesson, Policy, Position, Query,
    Refusals, Revocation, Rule, SignatureCheck, VerifiedChain, MAX_PATH, MAX_SIGNATURES,
};
use crate::profile::{Level, Profile, Role};
use crate::revocation::{Case, Progress, Proof, Status};
use crate::time::Clock;
use crate::x509::Certificate;

/// One validation under way.
#[derive(Debug)]
pub struct Validation<'a> {
    query: Query<'a>,
    clock: Clock,
    phase: Phase,
    /// What was asked, until it is answered.
    asked: Option<Action<'a>>,
    search: Search,
    links: Links<'a>,
    /// The leaf breaks a rule that no other path mends; not looked at before a path has failed.
    beyond_help: Option<bool>,
    signatures: Signatures,
    /// Of `links`, as far as they are hashed.
    fingerprints: [Option<Fingerprint>; MAX_PATH],
    status: Proof,
    issuers_learnt: [Option<KnownIssuer>; MAX_PATH],
    statuses_learnt: [Option<KnownStatus>; MAX_PATH],
    refusals: Refusals,
    /// To be looked into if no path is valid.
    suspects: Suspects,
    /// What says that the leaf is revoked.
    leaf_revoked_by: Evidence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Start,
    Search,
    /// The path is complete.
    Judge,
    /// Next: the fingerprint of this certificate of the path.
    Fingerprint(usize),
    /// Next: the signature of this certificate of the path, by the next one.
    Signature(usize),
    /// Next: the status of this certificate of the path.
    Status(usize),
    /// No path is valid: what is wrong with the best one?
    Suspect,
    /// The same, its signatures.
    SuspectSignature(usize),
    Accepted,
    Refused,
}

/// The answer to what was asked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answer<'r> {
    Verified(bool),
    Hashed(&'r [u8]),
}

/// What to do next.
enum Flow<'a> {
    Again,
    Ask(Action<'a>),
}

/// Of no validation.
const NO_POLICY: Policy = Policy::strict(Profile::Rfc5280);
const NO_QUERY: Query<'static> = Query::new(&[], &[], Profile::Rfc5280, Role::Any, &NO_POLICY);

impl<'a> Validation<'a> {
    /// None under way: [`Self::restart`] begins one where it lies. There is no verdict.
    pub const IDLE: Self = Self {
        query: NO_QUERY,
        clock: Clock::Ignored,
        phase: Phase::Refused,
        asked: None,
        search: Search::NEW,
        links: Links::EMPTY,
        beyond_help: None,
        signatures: Signatures::NEW,
        fingerprints: [None; MAX_PATH],
        status: Proof::NEW,
        issuers_learnt: [None; MAX_PATH],
        statuses_learnt: [None; MAX_PATH],
        refusals: Refusals::NONE,
        suspects: Suspects::NONE,
        leaf_revoked_by: Evidence::None,
    };

    /// Nothing is done yet.
    pub fn new(query: Query<'a>) -> Self {
        let mut validation = Self::IDLE;
        validation.restart(query);
        validation
    }

    /// Becomes another one. It takes kilobytes, which are not moved over the stack.
    pub fn restart(&mut self, query: Query<'a>) {
        self.release();
        // Each field, also one that is yet to come.
        let Self {
            query: own_query,
            clock,
            phase,
            asked: _,
            search,
            links: _,
            beyond_help,
            signatures,
            fingerprints,
            status,
            issuers_learnt,
            statuses_learnt,
            refusals,
            suspects,
            leaf_revoked_by,
        } = self;
        *own_query = query;
        *clock = Clock::new(query.time, query.policy.time_unknown, query.policy.accept_local_time);
        *phase = Phase::Start;
        *search = Search::NEW;
        *beyond_help = None;
        signatures.clear();
        fingerprints.fill(None);
        *status = Proof::NEW;
        issuers_learnt.fill(None);
        statuses_learnt.fill(None);
        *refusals = Refusals::NONE;
        *suspects = Suspects::NONE;
        *leaf_revoked_by = Evidence::None;
    }

    /// Lets go of all that it has borrowed, and of the path; what it has learnt stays until [`Self::restart`].
    pub fn release(&mut self) {
        self.query = NO_QUERY;
        self.asked = None;
        self.links.clear();
        self.refusals = Refusals::NONE;
        self.phase = Phase::Refused;
    }

    /// Does a part of the work; the answer to the action of the last step comes in as an event.
    pub fn step(&mut self, event: Event<'_>) -> Action<'a> {
        if let Phase::Accepted | Phase::Refused = self.phase {
            return Action::Done;
        }
        let mut answer = match (self.asked, event) {
            (None, Event::Continue) => None,
            (Some(asked), Event::Continue) => return asked,
            (Some(Action::Verify(_)), Event::Verified(good)) => Some(Answer::Verified(good)),
            (Some(Action::Hash { algorithm, .. }), Event::Hashed(digest)) if digest.len() == algorithm.digest_len() => {
                Some(Answer::Hashed(digest))
            }
            // The chain is refused whatever this job, perhaps of an algorithm that nobody has, would have told.
            (Some(Action::Verify(_)), Event::CryptoFailed)
                if matches!(self.phase, Phase::SuspectSignature(_)) && !self.refusals.is_empty() =>
            {
                self.phase = Phase::Refused;
                return Action::Done;
            }
            _ => {
                self.refusals = Refusals::undecided(Position::Leaf, &rules::UNDECIDED);
                self.phase = Phase::Refused;
                return Action::Done;
            }
        };
        self.asked = None;
        loop {
            match self.advance(answer.take()) {
                Flow::Ask(Action::Verify(_)) if !self.signatures.count(self.query.policy.max_signatures) => {
                    self.refuse_all(&rules::WORK);
                }
                Flow::Ask(Action::Continue) => return Action::Continue,
                Flow::Ask(action) => {
                    self.asked = Some(action);
                    return action;
                }
                Flow::Again => {}
            }
            if let Phase::Accepted | Phase::Refused = self.phase {
                return Action::Done;
            }
        }
    }

    /// What is worth keeping in a [`Memory`](super::Memory), also of a refused chain. Nothing without [`Query::known`].
    pub fn lessons(&self) -> impl Iterator<Item = Lesson> + '_ {
        let issuers = self.issuers_learnt.iter().flatten().copied().map(Lesson::Issuer);
        issuers.chain(self.statuses_learnt.iter().flatten().copied().map(Lesson::Status))
    }

    /// The certificates of a path that was found valid, from the leaf to the anchor, as [`VerifiedChain::certificates`] gives them.
    pub fn accepted(&self) -> Option<impl Iterator<Item = (Position, &Certificate<'a>, Evidence)> + '_> {
        let path = || self.links.iter().map(|link| (link.position, &link.certificate, link.evidence));
        (self.phase == Phase::Accepted).then(path)
    }

    /// What says that the leaf is revoked, where that is why it was refused.
    pub fn leaf_revoked_by(&self) -> Evidence {
        self.leaf_revoked_by
    }

    /// Why no path was found valid; empty when there is no verdict.
    pub fn refusals(&self) -> &Refusals {
        &self.refusals
    }

    #[allow(clippy::result_large_err)] // a list of refusals, and nothing to allocate it from
    /// The verdict. Before [`Action::Done`] there is none: the refusal is undecided.
    pub fn into_result(self) -> Result<VerifiedChain<'a>, Refusals> {
        match (self.phase, self.links.get(0), self.links.last()) {
            (Phase::Accepted, Some(leaf), Some(anchor)) => Ok(VerifiedChain {
                leaf: leaf.certificate,
                anchor: match anchor.position {
                    Position::Leaf => self.leaf_as_anchor(),
                    position => position,
                },
                profile: self.query.profile,
                role: self.query.role,
                valid_until: self.valid_until(),
                links: self.links,
            }),
            (Phase::Refused, ..) if !self.refusals.is_empty() => Err(self.refusals),
            _ => Err(Refusals::undecided(Position::Leaf, &rules::UNDECIDED)),
        }
    }

    /// Each phase has a frame of its own, so that none pays for the stack of another.
    fn advance(&mut self, answer: Option<Answer<'_>>) -> Flow<'a> {
        match self.phase {
            Phase::Start => self.start(),
            Phase::Search => self.search(),
            Phase::Judge => self.judge(),
            Phase::Fingerprint(index) => self.fingerprint(index, answer),
            Phase::Signature(index) => self.signature(index, answer),
            Phase::Status(index) => self.status(index, answer),
            Phase::Suspect => self.suspect(),
            Phase::SuspectSignature(index) => self.suspect_signature(index, answer),
            Phase::Accepted | Phase::Refused => Flow::Again,
        }
    }

    #[inline(never)]
    fn start(&mut self) -> Flow<'a> {
        if !self.links.push_der(Position::Leaf, self.query.leaf) {
            return self.refuse_all(&rules::MALFORMED);
        }
        let self_issued = || self.links.get(0).is_some_and(|leaf| leaf.certificate.is_self_issued());
        if self.query.profile.table(self.query.role, self.query.level).is_none() {
            return self.refuse_all(&rules::NO_TABLE);
        }
        let is_anchor = self.leaf_as_anchor() != Position::Leaf;
        self.phase = match self.query.level {
            Level::Root if self_issued() => Phase::Judge,
            Level::Root => return self.refuse_all(&rules::WRONG_LEVEL),
            Level::Leaf if is_anchor && !self.query.policy.accept_anchor_as_leaf => {
                return self.refuse_all(&rules::ANCHOR_AS_LEAF)
            }
            Level::Leaf if is_anchor => Phase::Judge,
            _ => Phase::Search,
        };
        Flow::Again
    }

    #[inline(never)]
    fn search(&mut self) -> Flow<'a> {
        let (signatures, suspects) = (&self.signatures, &mut self.suspects);
        let is_refuted = |subject, issuer| signatures.verdict(subject, issuer) == Some(false);
        let found = self.search.advance(&self.query, &mut self.links, is_refuted, |links| suspects.dead_end(links));
        match found {
            Found::Path => self.phase = Phase::Judge,
            Found::Nothing => self.phase = Phase::Suspect,
            Found::Pause => return Flow::Ask(Action::Continue),
            Found::TooMuch => {
                self.suspects.too_much = true;
                self.phase = Phase::Suspect;
            }
        }
        Flow::Again
    }

    #[inline(never)]
    fn judge(&mut self) -> Flow<'a> {
        let mut refusals = Refusals::NONE;
        judge::judge(&self.query, self.clock, &self.links, &mut refusals);
        if refusals.is_empty() {
            self.fingerprints.fill(None);
            self.statuses_learnt.fill(None);
            self.phase = match self.query.known {
                Some(_) => Phase::Fingerprint(0),
                None => Phase::Signature(self.links.len()),
            };
        } else {
            self.suspects.path(&self.links, Suspicion::Rules);
            self.retry(self.links.len().saturating_sub(1));
        }
        Flow::Again
    }

    /// The path is not valid: `kept` certificates of it go on to look for another one.
    fn retry(&mut self, kept: usize) {
        let leaf = self.links.get(0).map(|leaf| &leaf.certificate);
        let judged = || leaf.map_or(true, |leaf| judge::is_beyond_help(&self.query, self.clock, leaf));
        let beyond_help = self.beyond_help.unwrap_or_else(judged);
        self.beyond_help = Some(beyond_help);
        self.links.truncate(kept);
        self.phase = if beyond_help { Phase::Suspect } else { Phase::Search };
    }

    #[inline(never)]
    fn fingerprint(&mut self, index: usize, answer: Option<Answer<'_>>) -> Flow<'a> {
        if let (Some(Answer::Hashed(digest)), Some(entry)) = (answer, self.fingerprints.get_mut(index)) {
            *entry = Fingerprint::new(digest);
            self.phase = Phase::Fingerprint(index.saturating_add(1));
            return Flow::Again;
        }
        // The leaf's signature is always checked: only its status may be known, or become so.
        if index == 0 && !self.has_status() {
            self.phase = Phase::Fingerprint(1);
            return Flow::Again;
        }
        match self.links.get(index) {
            Some(link) => Flow::Ask(Action::Hash { algorithm: HashAlgorithm::Sha256, message: link.certificate.der }),
            None => {
                self.phase = Phase::Signature(self.links.len());
                Flow::Again
            }
        }
    }

    /// From the anchor down, so that no key is used that no anchor vouches for.
    #[inline(never)]
    fn signature(&mut self, index: usize, answer: Option<Answer<'_>>) -> Flow<'a> {
        let Some((subject, issuer)) = pair(&self.links, self.query.level, index) else {
            // Above the path; or the anchor, which nobody signs but, on trial, itself.
            self.phase = index.checked_sub(1).map_or(Phase::Status(0), Phase::Signature);
            return Flow::Again;
        };
        if let Some(Answer::Verified(good)) = answer {
            self.signatures.keep(subject.position, issuer.position, good);
        }
        match self.signatures.verdict(subject.position, issuer.position) {
            Some(true) => {
                let not_after = subject.certificate.validity.not_after.seconds;
                self.learn_issuer(index, not_after);
            }
            Some(false) => {
                self.suspects.path(&self.links, Suspicion::Signature);
                self.retry(index.saturating_add(1));
                return Flow::Again;
            }
            None if self.is_known(index) => {}
            None => return Flow::Ask(Action::Verify(check(subject, issuer))),
        }
        self.phase = index.checked_sub(1).map_or(Phase::Status(0), Phase::Signature);
        Flow::Again
    }

    fn fingerprint_at(&self, index: usize) -> Option<Fingerprint> {
        self.fingerprints.get(index).copied().flatten()
    }

    fn is_known(&self, index: usize) -> bool {
        let fingerprints = (self.fingerprint_at(index), self.fingerprint_at(index.saturating_add(1)));
        match (self.query.known, fingerprints) {
            (Some(known), (Some(subject), Some(issuer))) => index > 0 && known.is_signed(subject, issuer),
            _ => false,
        }
    }

    fn learn_issuer(&mut self, index: usize, not_after: i64) {
        let fingerprints = (self.fingerprint_at(index), self.fingerprint_at(index.saturating_add(1)));
        if let (Some(known), (Some(certificate), Some(issuer)), 1..) = (self.query.known, fingerprints, index) {
            if let Some(entry) = self.issuers_learnt.get_mut(index) {
                *entry = Some(KnownIssuer { certificate, issuer, not_after, generation: known.generation });
            }
        }
    }

    fn revocation(&self) -> Revocation {
        match self.query.level {
            Level::Root => Revocation::None,
            _ => self.query.policy.revocation_of(self.query.role),
        }
    }

    /// Anything that may tell of the leaf's status.
    fn has_status(&self) -> bool {
        let known = self.query.known.is_some_and(|known| known.statuses.iter().any(Option::is_some));
        self.revocation() != Revocation::None && (known || !self.query.crls.is_empty() || !self.query.ocsp.is_empty())
    }

    #[inline(never)]
    fn status(&mut self, index: usize, answer: Option<Answer<'_>>) -> Flow<'a> {
        let mode = self.revocation();
        let pair = pair(&self.links, self.query.level, index).filter(|_| mode != Revocation::None);
        let Some((subject, issuer)) = pair else {
            return self.finish_status();
        };
        let fingerprints = (self.fingerprint_at(index), self.fingerprint_at(index.saturating_add(1)));
        let about = About::new(&subject.certificate, &issuer.certificate);
        let known = match (self.query.known, fingerprints) {
            (Some(known), (Some(subject), Some(_))) => known.status(subject, about),
            _ => None,
        };
        let position = subject.position;
        let case = Case { query: &self.query, clock: self.clock, subject: &subject.certificate, issuer, known };
        let status = match self.status.advance(&case, answer) {
            Progress::Ask(action) => return Flow::Ask(action),
            Progress::Status(status) => status,
        };
        match status {
            Status::Good { evidence, .. } => self.links.set_evidence(index, evidence),
            Status::Revoked { evidence, .. } => {
                if index == 0 {
                    self.leaf_revoked_by = evidence;
                }
                self.refusals.add(position, &rules::REVOKED);
            }
            Status::Unknown if mode == Revocation::Hard => {
                self.refusals.add(position, &rules::STATUS_UNKNOWN);
                for problem in self.status.problems().iter() {
                    self.refusals.add(problem.certificate, problem.rule);
                }
            }
            Status::Unknown => {}
        }
        if let (Some(known), (Some(certificate), Some(_))) = (self.query.known, fingerprints) {
            if let (Some(lesson), Some(entry)) = (status.lesson(), self.statuses_learnt.get_mut(index)) {
                let (revoked, this_update, next_update) = lesson;
                let generation = known.generation;
                *entry = Some(KnownStatus { certificate, about, revoked, this_update, next_update, generation });
            }
        }
        self.status = Proof::NEW;
        self.phase = Phase::Status(index.saturating_add(1));
        Flow::Again
    }

    #[inline(never)]
    fn finish_status(&mut self) -> Flow<'a> {
        let Some(first) = self.refusals.first() else {
            self.phase = Phase::Accepted;
            return Flow::Again;
        };
        // Another path may go round a revoked Sub-CA, none round the leaf.
        let refused = self.links.iter().position(|link| link.position == first.certificate).unwrap_or(0);
        if self.suspects.status.is_empty() {
            self.suspects.status = self.refusals;
        }
        self.refusals = Refusals::NONE;
        if refused == 0 {
            self.beyond_help = Some(true);
        }
        self.retry(refused);
        Flow::Again
    }

    /// No path is valid: tells what is wrong with the most promising one.
    #[inline(never)]
    fn suspect(&mut self) -> Flow<'a> {
        if self.suspects.too_much {
            self.refusals.add(Position::Leaf, &rules::WORK);
        }
        if !self.suspects.status.is_empty() {
            self.refusals = self.suspects.status;
            self.phase = Phase::Refused;
            return Flow::Again;
        }
        let Some(path) = self.suspects.worth() else {
            let end = self.suspects.dead_end.unwrap_or(Position::Leaf);
            self.refusals.add(end, &rules::NO_ISSUER);
            let cut_off = |der| search::is_cut_off(&self.query, der, self.suspects.dead_end_len);
            if self.query.level == Level::Leaf && self.der(end).is_some_and(cut_off) {
                self.refusals.add(Position::Leaf, &self.query.profile.shape(self.query.role).too_long);
            }
            self.links.clear();
            if self.links.push_der(Position::Leaf, self.query.leaf) {
                judge::judge_alone(&self.query, self.clock, &self.links, &mut self.refusals);
            }
            for (index, der) in self.query.pool.iter().enumerate() {
                if Certificate::parse(der).is_err() {
                    self.refusals.add(Position::Pool(index), &rules::MALFORMED);
                }
            }
            self.phase = Phase::Refused;
            return Flow::Again;
        };
        self.links.clear();
        for position in path.iter().flatten() {
            if let Some(der) = self.der(*position) {
                self.links.push_der(*position, der);
            }
        }
        judge::judge(&self.query, self.clock, &self.links, &mut self.refusals);
        self.phase = Phase::SuspectSignature(self.links.len());
        Flow::Again
    }

    #[inline(never)]
    fn suspect_signature(&mut self, index: usize, answer: Option<Answer<'_>>) -> Flow<'a> {
        if let Some((subject, issuer)) = pair(&self.links, self.query.level, index) {
            if let Some(Answer::Verified(good)) = answer {
                self.signatures.keep(subject.position, issuer.position, good);
            }
            let fits = judge::fits(subject.certificate.signature_algorithm, issuer.certificate.public_key.algorithm);
            match self.signatures.verdict(subject.position, issuer.position) {
                Some(false) => self.refusals.add(subject.position, &rules::SIGNATURE),
                None if fits => return Flow::Ask(Action::Verify(check(subject, issuer))),
                None | Some(true) => {}
            }
        }
        self.phase = index.checked_sub(1).map_or(Phase::Refused, Phase::SuspectSignature);
        Flow::Again
    }

    fn der(&self, position: Position) -> Option<&'a [u8]> {
        match position {
            Position::Leaf => Some(self.query.leaf),
            Position::Pool(index) => self.query.pool.get(index).copied(),
            Position::Anchor(index) => self.query.anchors.get(index).copied(),
            Position::Crl(_) | Position::Ocsp(_) => None,
        }
    }

    fn refuse_all(&mut self, rule: &'static Rule) -> Flow<'a> {
        self.refusals.add(Position::Leaf, rule);
        self.phase = Phase::Refused;
        Flow::Again
    }

    /// Which anchor the leaf is; [`Position::Leaf`] if it is none.
    fn leaf_as_anchor(&self) -> Position {
        let same = |anchor: &&[u8]| *anchor == self.query.leaf;
        self.query.anchors.iter().position(same).map_or(Position::Leaf, Position::Anchor)
    }

    fn valid_until(&self) -> i64 {
        let count = self.links.len();
        let ends = self.links.iter().enumerate().filter_map(|(index, link)| {
            let judged = index == 0 || index.saturating_add(1) < count || self.query.policy.check_anchor_validity;
            judged.then_some(link.certificate.validity.not_after.seconds)
        });
        ends.chain(self.links.iter().filter_map(|link| link.evidence.next_update())).min().unwrap_or(i64::MIN)
    }
}

/// The certificate at `index` of the path and its issuer; a root on trial is its own.
fn pair<'l, 'a>(links: &'l Links<'a>, level: Level, index: usize) -> Option<(&'l Link<'a>, &'l Link<'a>)> {
    let subject = links.get(index)?;
    let issuer = match level {
        Level::Root => subject,
        _ => links.get(index.checked_add(1)?)?,
    };
    Some((subject, issuer))
}

fn check<'a>(subject: &Link<'a>, issuer: &Link<'a>) -> SignatureCheck<'a> {
    SignatureCheck {
        issuer: issuer.position,
        public_key: issuer.certificate.public_key,
        algorithm: subject.certificate.signature_algorithm,
        message: subject.certificate.tbs,
        signature: subject.certificate.signature,
    }
}

/// Verdicts on signatures, so that none is checked twice.
#[derive(Debug)]
struct Signatures {
    verdicts: [Option<(Position, Position, bool)>; MAX_SIGNATURES as usize],
    checks: u8,
}

impl Signatures {
    const NEW: Self = Self { verdicts: [None; MAX_SIGNATURES as usize], checks: 0 };

    fn clear(&mut self) {
        self.verdicts.fill(None);
        self.checks = 0;
    }

    /// One more check; false when that is too many.
    fn count(&mut self, most: u8) -> bool {
        let allowed = self.checks < most.min(MAX_SIGNATURES);
        self.checks = self.checks.saturating_add(1);
        allowed
    }

    fn keep(&mut self, subject: Position, issuer: Position, good: bool) {
        if let Some(free) = self.verdicts.iter_mut().find(|entry| entry.is_none()) {
            *free = Some((subject, issuer, good));
        }
    }

    fn verdict(&self, subject: Position, issuer: Position) -> Option<bool> {
        let known = self.verdicts.iter().flatten().find(|(s, i, _)| (*s, *i) == (subject, issuer));
        known.map(|(_, _, good)| *good)
    }
}

/// Why a path was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suspicion {
    Rules,
    Signature,
}

/// Paths to look into if none is valid.
#[derive(Debug)]
struct Suspects {
    /// The first path to an anchor that broke a rule.
    against_rules: Option<[Option<Position>; MAX_PATH]>,
    /// The first one with a bad signature.
    unsigned: Option<[Option<Position>; MAX_PATH]>,
    /// The first path with all signatures good that a status refused.
    status: Refusals,
    /// Whose issuer is missing, on the longest way.
    dead_end: Option<Position>,
    dead_end_len: usize,
    too_much: bool,
}

impl Suspects {
    const NONE: Self =
        Self { against_rules: None, unsigned: None, status: Refusals::NONE, dead_end: None, dead_end_len: 0, too_much: false };

    fn path(&mut self, links: &Links<'_>, suspicion: Suspicion) {
        let place = match suspicion {
            Suspicion::Rules => &mut self.against_rules,
            Suspicion::Signature => &mut self.unsigned,
        };
        if place.is_none() {
            let mut path = [None; MAX_PATH];
            path.iter_mut().zip(links.iter()).for_each(|(entry, link)| *entry = Some(link.position));
            *place = Some(path);
        }
    }

    fn dead_end(&mut self, links: &Links<'_>) {
        if links.len() > self.dead_end_len {
            self.dead_end_len = links.len();
            self.dead_end = links.last().map(|link| link.position);
        }
    }

    fn worth(&self) -> Option<[Option<Position>; MAX_PATH]> {
        self.against_rules.or(self.unsigned)
    }
}
