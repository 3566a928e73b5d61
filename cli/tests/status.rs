//! OCSP with `openssl ocsp` as responder, CRLs of `openssl ca -gencrl`.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use common::judge::judge;
use common::openssl::available;
use v2gcrypt_keym::ocsp::{write_request, CertId};
use v2gcrypt_keym::path::{Evidence, Policy, Query, Refusals, Revocation};
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::time::Now;
use v2gcrypt_keym::x509::{Certificate, HashAlgorithm};
use v2gcrypt_primitives::digest;
use v2gcrypt_test_pki::{pem, Algorithm, Edition, Entropy, Pki};

const EDITIONS: [(Edition, Profile, &str); 2] =
    [(Edition::Iso15118_2, Profile::Iso15118_2, "sha256"), (Edition::Iso15118_20, Profile::Iso15118_20, "sha512")];
const NONCE: &[u8] = &[0xa5; 16];
const HOUR: i64 = 3600;

/// A PKI, valid at the time of the system, since `openssl ocsp` knows no other; and its files.
struct World {
    pki: Pki,
    profile: Profile,
    digest: &'static str,
    folder: PathBuf,
}

impl World {
    fn new(test: &str, edition: Edition, profile: Profile, digest: &'static str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("status-{test}-{digest}"));
        let _ = fs::remove_dir_all(&folder);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64;
        let pki = Pki::new(edition, &Entropy::Seed(b"status".to_vec()), now);
        pki.write_to(&folder, &Entropy::System).unwrap();
        Self { pki, profile, digest, folder }
    }

    fn file(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) {
        let output = Command::new("openssl").args(arguments).current_dir(&self.folder).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The database of a CA: what it says of a role's certificate. `None`: nothing.
    fn index(&self, name: &str, revoked: Option<bool>) -> String {
        let serial: String = self.pki.get(name).template.serial.iter().map(|byte| format!("{byte:02X}")).collect();
        let serial = serial.strip_prefix("00").unwrap_or(&serial);
        let line = match revoked {
            None => String::new(),
            Some(false) => format!("V\t491231235959Z\t\t{serial}\tunknown\t/CN=x\n"),
            Some(true) => format!("R\t491231235959Z\t260101000000Z,keyCompromise\t{serial}\tunknown\t/CN=x\n"),
        };
        let file = format!("{name}.index");
        fs::write(self.folder.join(&file), line).unwrap();
        fs::write(self.folder.join(format!("{file}.attr")), "unique_subject = no\n").unwrap();
        self.file(&file)
    }

    /// A request of ours for a role's certificate.
    fn request(&self, name: &str, hash: HashAlgorithm) -> String {
        let (certificate, issuer) = (self.pki.get(name), self.pki.issuer(name));
        let primitive = match hash {
            HashAlgorithm::Sha1 => v2gcrypt_primitives::HashAlgorithm::Sha1,
            _ => v2gcrypt_primitives::HashAlgorithm::Sha256,
        };
        let issuer = Certificate::parse(&issuer.der).unwrap();
        let names = digest(primitive, issuer.subject.der);
        let keys = digest(primitive, issuer.public_key.bytes);
        let id = CertId {
            hash_algorithm: Some(hash),
            issuer_name_hash: names.as_bytes(),
            issuer_key_hash: keys.as_bytes(),
            serial: &certificate.template.serial,
        };
        let mut request = [0; 512];
        let length = write_request(&[id], Some(NONCE), &mut request).unwrap();
        let file = self.file(&format!("{name}.request"));
        fs::write(&file, &request[..length]).unwrap();
        file
    }

    /// What openssl as a responder with this certificate answers to a request of ours.
    fn respond(&self, name: &str, revoked: Option<bool>, signer: &str, hash: HashAlgorithm, more: &[&str]) -> Vec<u8> {
        let issuer = self.pki.issuer(name).entity.name;
        let files = [
            self.request(name, hash),
            self.index(name, revoked),
            self.file(&format!("{issuer}/cert.pem")),
            self.file(&format!("{signer}/cert.pem")),
            self.file(&format!("{signer}/key.pem")),
        ];
        let [request, index, ca, certificate, key] = files.each_ref().map(String::as_str);
        let mut arguments = vec!["ocsp", "-reqin", request, "-index", index, "-CA", ca, "-rsigner", certificate, "-rkey", key];
        arguments.extend(["-rmd", self.digest, "-respout", "response"]);
        arguments.extend(if more.is_empty() { &["-ndays", "7"] } else { more });
        self.run(&arguments);
        fs::read(self.folder.join("response")).unwrap()
    }

    /// Good responses for the station's certificate and both Sub-CAs.
    fn good(&self) -> [Vec<u8>; 3] {
        [
            self.respond("secc", Some(false), "ocsp", HashAlgorithm::Sha256, &[]),
            self.respond("cpo-sub2", Some(false), "cpo-sub1", HashAlgorithm::Sha1, &[]),
            self.respond("cpo-sub1", Some(false), "v2g-root", HashAlgorithm::Sha1, &["-ndays", "7", "-resp_key_id"]),
        ]
    }

    /// A list that `openssl ca -gencrl` makes, of a CA in whose database one certificate stands.
    fn list(&self, issuer: &str, name: &str, revoked: bool, more: &[&str]) -> Vec<u8> {
        let index = self.index(name, Some(revoked));
        let configuration = format!(
            "[ca]\ndefault_ca = this\n[this]\ndatabase = {index}\ndefault_md = {}\ncrlnumber = number\ndefault_crl_days = 7\n\
             [plain]\nauthorityKeyIdentifier = keyid:always\n\
             [users]\nissuingDistributionPoint = critical,@users_point\n[users_point]\nonlyuser = TRUE\n\
             [authorities]\nissuingDistributionPoint = critical,@authorities_point\n[authorities_point]\nonlyCA = TRUE\n\
             [reasons]\nissuingDistributionPoint = critical,@reasons_point\n[reasons_point]\nonlysomereasons = keyCompromise\n\
             [indirect]\nissuingDistributionPoint = critical,@indirect_point\n[indirect_point]\nindirectCRL = TRUE\n\
             [critical]\n1.3.6.1.4.1.99999.1 = critical,DER:0500\n",
            self.digest
        );
        fs::write(self.folder.join("ca.cnf"), configuration).unwrap();
        fs::write(self.folder.join("number"), "01\n").unwrap();
        let (certificate, key) = (self.file(&format!("{issuer}/cert.pem")), self.file(&format!("{issuer}/key.pem")));
        let mut arguments = vec!["ca", "-gencrl", "-config", "ca.cnf", "-cert", &certificate, "-keyfile", &key, "-out", "list"];
        arguments.extend(if more.is_empty() { &["-crlexts", "plain"] } else { more });
        self.run(&arguments);
        let pem = fs::read_to_string(self.folder.join("list")).unwrap();
        der::pem::decode_vec(pem.trim_end().as_bytes()).unwrap().1
    }

    /// The verdict on the station's chain, in which every certificate's status has to be proved; and how it was.
    fn verdict(&self, crls: &[&[u8]], ocsp: &[&[u8]], nonce: Option<&[u8]>, later: i64) -> Result<Vec<Evidence>, Box<Refusals>> {
        let chain = self.pki.chain("secc");
        let pool: Vec<&[u8]> = chain[1..].iter().map(Vec::as_slice).collect();
        let anchors = [self.pki.root("secc").der.as_slice()];
        let policy = Policy::strict(self.profile).with_revocation(Revocation::Hard);
        let mut query = Query::new(&chain[0], &anchors, self.profile, Role::Secc, &policy);
        (query.pool, query.crls, query.ocsp, query.ocsp_nonce) = (&pool, crls, ocsp, nonce);
        query.time = Now::synchronised(self.pki.now + HOUR / 2 + later);
        judge(query).map(|chain| chain.certificates().map(|(_, _, evidence)| evidence).collect())
    }

    /// Refused, and for this?
    fn refused(&self, rule: &str, crls: &[&[u8]], ocsp: &[&[u8]], nonce: Option<&[u8]>, later: i64) {
        match self.verdict(crls, ocsp, nonce, later) {
            Ok(_) => panic!("{:?}: accepted in spite of {rule}", self.profile),
            Err(refusals) => assert!(refusals.contains(rule), "{:?}: {rule}: {refusals}", self.profile),
        }
    }
}

#[test]
fn responses_of_openssl_prove_the_status_of_every_certificate() {
    for (edition, profile, digest) in EDITIONS.into_iter().filter(|_| available()) {
        let world = World::new("good", edition, profile, digest);
        let [leaf, sub2, sub1] = world.good();
        let evidence = world.verdict(&[], &[&sub1, &leaf, &sub2], Some(NONCE), 0).unwrap_or_else(|refusals| panic!("{refusals}"));
        let by: Vec<Option<usize>> = evidence
            .iter()
            .map(|evidence| match evidence {
                Evidence::Ocsp { index, .. } => Some(*index),
                _ => None,
            })
            .collect();
        assert_eq!(by, [Some(1), Some(2), Some(0), None]);
        world.refused("status-unknown", &[], &[&leaf, &sub2], Some(NONCE), 0);
    }
}

#[test]
fn a_response_of_openssl_that_is_not_good_refuses_the_chain_for_its_reason() {
    for (edition, profile, digest) in EDITIONS.into_iter().filter(|_| available()) {
        let world = World::new("bad", edition, profile, digest);
        let [good, sub2, sub1] = world.good();
        let with = |leaf: &[u8], rule: &str, nonce: &[u8], later: i64| {
            world.refused(rule, &[], &[leaf, &sub2, &sub1], Some(nonce), later);
        };
        for hash in [HashAlgorithm::Sha1, HashAlgorithm::Sha256] {
            with(&world.respond("secc", Some(true), "ocsp", hash, &[]), "revoked", NONCE, 0);
        }
        with(&world.respond("secc", None, "ocsp", HashAlgorithm::Sha1, &[]), "ocsp-unknown", NONCE, 0);
        // A responder of another PKI, the leaf itself, and a Sub-CA that did not issue it.
        for signer in ["contract", "secc", "cps-sub2", "cpo-sub1"] {
            with(&world.respond("secc", Some(false), signer, HashAlgorithm::Sha1, &[]), "ocsp-responder", NONCE, 0);
        }
        let short = world.respond("secc", Some(false), "ocsp", HashAlgorithm::Sha1, &["-nmin", "5"]);
        with(&short, "ocsp-stale", NONCE, 0);
        let long = world.respond("secc", Some(false), "ocsp", HashAlgorithm::Sha1, &["-ndays", "30"]);
        with(&long, "ocsp-stale", NONCE, 8 * 24 * HOUR);
        with(&good, "ocsp-nonce", &[0x5a; 16], 0);
        let mut flipped = world.respond("secc", Some(false), "cpo-sub2", HashAlgorithm::Sha1, &["-ndays", "7", "-resp_no_certs"]);
        *flipped.last_mut().unwrap() ^= 1;
        with(&flipped, "ocsp-signature", NONCE, 0);
        with(&good[..good.len() - 1], "ocsp-malformed", NONCE, 0);
        // The responder does without a nonce; who asks for none takes it.
        assert!(world.verdict(&[], &[&good, &sub2, &sub1], None, 0).is_ok());
    }
}

#[test]
fn lists_of_openssl_prove_the_status_of_every_certificate() {
    for (edition, profile, digest) in EDITIONS.into_iter().filter(|_| available()) {
        let world = World::new("lists", edition, profile, digest);
        let good = [("cpo-sub2", "secc"), ("cpo-sub1", "cpo-sub2"), ("v2g-root", "cpo-sub1")]
            .map(|(issuer, name)| world.list(issuer, name, false, &[]));
        let [leaf, sub2, sub1] = good.each_ref().map(Vec::as_slice);
        let evidence = world.verdict(&[sub2, sub1, leaf], &[], None, 0).unwrap_or_else(|refusals| panic!("{refusals}"));
        assert!(matches!(
            evidence[..],
            [Evidence::Crl { index: 2, .. }, Evidence::Crl { index: 0, .. }, Evidence::Crl { index: 1, .. }, Evidence::None]
        ));

        let revoked = |rule: &str, lists: &[&[u8]]| world.refused(rule, lists, &[], None, 0);
        revoked("revoked", &[&world.list("cpo-sub2", "secc", true, &[]), sub2, sub1]);
        revoked("revoked", &[leaf, &world.list("cpo-sub1", "cpo-sub2", true, &[]), sub1]);
        revoked("status-unknown", &[leaf, sub2]);
        world.refused("crl-stale", &[leaf, sub2, sub1], &[], None, 8 * 24 * HOUR);
        // A list of users covers the leaf; one of CAs, of some reasons, or of others' certificates does not.
        let users = world.list("cpo-sub2", "secc", false, &["-crlexts", "users"]);
        assert!(world.verdict(&[&users, sub2, sub1], &[], None, 0).is_ok());
        for kind in ["authorities", "reasons", "indirect"] {
            revoked("status-unknown", &[&world.list("cpo-sub2", "secc", false, &["-crlexts", kind]), sub2, sub1]);
        }
        revoked("crl-critical-extension", &[&world.list("cpo-sub2", "secc", false, &["-crlexts", "critical"]), sub2, sub1]);
        let mut flipped = good[0].clone();
        *flipped.last_mut().unwrap() ^= 1;
        revoked("crl-signature", &[&flipped, sub2, sub1]);
        // Another key under the CA's name.
        let stranger = Entropy::System.key(if digest == "sha256" { Algorithm::P256 } else { Algorithm::P521 }, "stranger");
        fs::write(world.folder.join("cpo-sub2/key.pem"), stranger.pkcs8_pem()).unwrap();
        let mut other = world.pki.get("cpo-sub2").template.clone();
        other.spki = stranger.spki();
        let other = other.sign(&world.pki.get("cpo-sub1").key);
        fs::write(world.folder.join("cpo-sub2/cert.pem"), pem("CERTIFICATE", &other)).unwrap();
        revoked("crl-signature", &[&world.list("cpo-sub2", "secc", false, &[]), sub2, sub1]);
    }
}
