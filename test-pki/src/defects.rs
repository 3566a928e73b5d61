//! Chains with one thing wrong each.

use x509_cert::ext::pkix::KeyUsages;

use crate::asn1::tlv;
use crate::key::{Algorithm, Entropy, Key};
use crate::pki::Pki;
use crate::revocation::Status;
use crate::roles::Edition;
use crate::template::{extension, Extension, Template, DAY};

/// A chain that must be refused.
pub struct Defect {
    /// Name of its folder.
    pub name: &'static str,
    /// What is wrong, in a sentence.
    pub text: &'static str,
    /// The rule of `keym` that it breaks.
    pub rule: &'static str,
    /// The role whose leaf it is.
    pub role: &'static str,
    /// DER, leaf first, without the root.
    pub chain: Vec<Vec<u8>>,
    /// The leaf's key.
    pub key: Key,
    /// DER of CRLs to judge it by.
    pub crls: Vec<Vec<u8>>,
    /// DER of OCSP responses to judge it by.
    pub ocsp: Vec<Vec<u8>>,
}

/// One per folder of `defects/`.
pub fn defects(pki: &Pki, entropy: &Entropy) -> Vec<Defect> {
    let maker = Maker { pki, entropy };
    let now = pki.now;
    let mut defects = vec![
        maker.change("expired", "expired", "The leaf expired an hour ago.", "secc", "secc", |leaf| {
            leaf.not_after.seconds = now - 3600
        }),
        maker.change("not-yet-valid", "not-yet-valid", "The leaf is valid from tomorrow.", "secc", "secc", |leaf| {
            leaf.not_before.seconds = now + DAY;
        }),
        maker.change("sub-ca-expired", "expired", "Sub-CA 2 expired an hour ago.", "secc", "cpo-sub2", |sub| {
            sub.not_after.seconds = now - 3600;
        }),
        maker.change("wrong-key-usage", "ca-usage", "The leaf may sign certificates.", "secc", "secc", |leaf| {
            leaf.put(Extension::key_usage(KeyUsages::DigitalSignature | KeyUsages::KeyCertSign));
        }),
        maker.change(
            "key-usage-missing",
            "key-usage-present",
            "The leaf does not say what its key is for.",
            "secc",
            "secc",
            |leaf| {
                leaf.remove(extension::KU);
            },
        ),
        maker.change("key-usage-not-critical", "critical-constraints", "Key usage is not critical.", "secc", "secc", |leaf| {
            critical(leaf, extension::KU, false);
        }),
        maker.change("sub-ca-cannot-sign", "cert-sign", "Sub-CA 2 may not sign certificates.", "secc", "cpo-sub2", |sub| {
            sub.put(Extension::key_usage(KeyUsages::CRLSign));
        }),
        maker.change("sub-ca-is-no-ca", "ca", "Sub-CA 2 is no CA.", "secc", "cpo-sub2", |sub| {
            sub.put(Extension::basic_constraints(false, None));
        }),
        maker.change("path-length-missing", "path-len", "Sub-CA 2 has no path length.", "secc", "cpo-sub2", |sub| {
            sub.put(Extension::basic_constraints(true, None));
        }),
        maker.change("path-length-exceeded", "path-length", "Sub-CA 1 allows no CA below it.", "secc", "cpo-sub1", |sub| {
            sub.put(Extension::basic_constraints(true, Some(0)));
        }),
        maker.change("leaf-is-a-ca", "not-ca", "The leaf is a CA.", "secc", "secc", |leaf| {
            leaf.put(Extension::basic_constraints(true, None));
        }),
        maker.change(
            "unknown-critical-extension",
            "critical-extension",
            "The leaf has a critical extension that nobody knows.",
            "secc",
            "secc",
            |leaf| {
                leaf.extensions.push(Extension::new("1.3.6.1.4.1.99999.1", true, vec![0x05, 0]));
            },
        ),
        maker.change("too-large", "size", "The leaf is larger than its edition allows.", "secc", "secc", |leaf| {
            let room = if pki.edition == Edition::Iso15118_2 { 800 } else { 1600 };
            leaf.put(Extension::dns_name(&"a".repeat(room)));
        }),
        maker.change("wrong-algorithm", "key-algorithm", "The leaf's key is on P-384.", "secc", "secc", |leaf| {
            leaf.spki = entropy.key(Algorithm::P384, "wrong-algorithm").spki();
        }),
        maker.change(
            "algorithm-differs",
            "malformed",
            "Inside and outside the signed part stand different algorithms.",
            "secc",
            "secc",
            |leaf| {
                let other = if pki.edition == Edition::Iso15118_2 { Algorithm::P521 } else { Algorithm::P256 };
                leaf.inner_algorithm = Some(other.signature_identifier());
            },
        ),
        maker.change("version-1", "version", "The leaf is of version 1.", "secc", "secc", |leaf| {
            leaf.version = 1;
            leaf.extensions.clear();
        }),
        maker.change(
            "wrong-issuer-name",
            "issuer-unknown",
            "The leaf names an issuer that did not sign it.",
            "secc",
            "secc",
            |leaf| {
                leaf.issuer.set("CN", Some("Somebody else"));
            },
        ),
        maker.change("missing-emaid", "cn", "The contract certificate has no CN.", "contract", "contract", |leaf| {
            leaf.subject.set("CN", None);
        }),
        maker.change("bad-emaid", "cn", "The contract certificate's CN is no EMAID.", "contract", "contract", |leaf| {
            leaf.subject.set("CN", Some("nobody"));
        }),
        maker.change(
            "bad-pcid",
            "cn",
            "The provisioning certificate's CN is no PCID.",
            "oem-provisioning",
            "oem-provisioning",
            |leaf| {
                leaf.subject.set("CN", Some("WMI"));
            },
        ),
        maker.change(
            "contract-cannot-sign",
            "key-usage",
            "The contract key may not sign messages.",
            "contract",
            "contract",
            |leaf| {
                leaf.put(Extension::key_usage(KeyUsages::NonRepudiation));
            },
        ),
    ];
    defects.push(maker.wrong_dc());
    defects.extend(maker.signatures());
    defects.extend(maker.revoked());
    defects.push(maker.wrong_root());
    defects
}

/// Makes an extension critical or not.
pub fn critical(template: &mut Template, oid: &str, critical: bool) {
    template.extension(oid).unwrap_or_else(|| panic!("no extension {oid}")).critical = critical;
}

struct Maker<'p> {
    pki: &'p Pki,
    entropy: &'p Entropy,
}

impl Maker<'_> {
    fn good(&self, name: &'static str, rule: &'static str, text: &'static str, role: &'static str) -> Defect {
        let (chain, key) = (self.pki.chain(role), self.pki.get(role).key.clone());
        Defect { name, text, rule, role, chain, key, crls: vec![], ocsp: vec![] }
    }

    /// The chain of `role`, in which the certificate `which` is another.
    fn change(
        &self,
        name: &'static str,
        rule: &'static str,
        text: &'static str,
        role: &'static str,
        which: &str,
        change: impl FnOnce(&mut Template),
    ) -> Defect {
        let mut defect = self.good(name, rule, text, role);
        let place = self.pki.path(role).iter().position(|issued| issued.entity.name == which).expect("on the path");
        defect.chain[place] = self.pki.changed(which, change);
        defect
    }

    fn wrong_dc(&self) -> Defect {
        // Amendment 1 alone has DC in every SECC leaf; CPS has it in -2.
        self.change("wrong-dc", "dc", "The leaf's DC is another role's.", "secc", "secc", |leaf| {
            leaf.subject.set("DC", Some("MO"))
        })
    }

    fn signatures(&self) -> [Defect; 3] {
        let mut flipped = self.good("bad-signature", "signature", "A bit of the leaf's signature is flipped.", "secc");
        if let Some(last) = flipped.chain[0].last_mut() {
            *last ^= 1;
        }
        let mut stranger = self.good("wrong-signer", "signature", "Another key than the issuer's signed the leaf.", "secc");
        let issued = self.pki.get("secc");
        stranger.chain[0] = issued.template.sign(&self.entropy.key(issued.key.algorithm, "wrong-signer"));
        let mut broken = self.good("not-a-certificate", "malformed", "The leaf ends in the middle.", "secc");
        broken.chain[0] = tlv(0x30, &broken.chain[0][4..100]);
        [flipped, stranger, broken]
    }

    /// Sub-CAs of Amendment 1 sign no lists.
    fn revoked(&self) -> [Defect; 3] {
        let lists = self.pki.edition != Edition::Iso15118_20Amd1;
        let revoke = |defect: &mut Defect, issuer: &str, name: &str, by_list: bool| {
            if by_list {
                defect.crls = vec![self.pki.crl(issuer, &[name]).sign(&self.pki.get(issuer).key)];
            } else {
                defect.ocsp = vec![self.pki.ocsp_response(name, Status::Revoked(self.pki.now - DAY))];
            }
        };
        let mut leaf = self.good("revoked", "revoked", "Sub-CA 2 has revoked the leaf.", "secc");
        revoke(&mut leaf, "cpo-sub2", "secc", lists);
        let mut by_ocsp = self.good("revoked-by-ocsp", "revoked", "The OCSP response says that the leaf is revoked.", "secc");
        revoke(&mut by_ocsp, "cpo-sub2", "secc", false);
        let mut sub = self.good("sub-ca-revoked", "revoked", "Sub-CA 1 has revoked Sub-CA 2.", "secc");
        revoke(&mut sub, "cpo-sub1", "cpo-sub2", lists);
        [leaf, by_ocsp, sub]
    }

    fn wrong_root(&self) -> Defect {
        let other = Pki::with_algorithm(self.pki.edition, self.pki.get("secc").key.algorithm, &Entropy::System, self.pki.now);
        let mut defect =
            self.good("wrong-root", "signature", "The chain ends in a root of the same name that is not trusted.", "secc");
        defect.chain = other.chain("secc");
        defect.key = other.get("secc").key.clone();
        defect
    }
}
