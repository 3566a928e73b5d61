//! The PKI in memory.

use v2gcrypt_primitives::{digest, HashAlgorithm};

use crate::asn1::positive;
use crate::key::{Algorithm, Entropy, Key};
use crate::revocation::{CertId, Crl, OcspResponse, Status};
use crate::roles::{Edition, Entity, Kind};
use crate::template::{extension, Date, Extension, Name, Template, DAY};

/// A certificate with its key.
pub struct Issued {
    /// Role, place and names.
    pub entity: Entity,
    /// Its key.
    pub key: Key,
    /// What it says.
    pub template: Template,
    /// DER.
    pub der: Vec<u8>,
}

/// All certificates of an edition.
pub struct Pki {
    /// Whose rules they follow.
    pub edition: Edition,
    /// Seconds since 1970 at which all are valid.
    pub now: i64,
    /// Issuers before those they issue.
    pub issued: Vec<Issued>,
}

impl Pki {
    /// Valid from a day before `now` (seconds since 1970), roots and Sub-CAs for longer.
    pub fn new(edition: Edition, entropy: &Entropy, now: i64) -> Self {
        let algorithm = if edition == Edition::Iso15118_2 { Algorithm::P256 } else { Algorithm::P521 };
        Self::with_algorithm(edition, algorithm, entropy, now)
    }

    /// With keys that the edition may not allow.
    pub fn with_algorithm(edition: Edition, algorithm: Algorithm, entropy: &Entropy, now: i64) -> Self {
        let mut pki = Self { edition, now, issued: Vec::new() };
        for entity in edition.entities() {
            let key = entropy.key(algorithm, entity.name);
            let issuer = pki.issued.iter().find(|issued| issued.entity.name == entity.issuer);
            let issuer_key = issuer.map_or(&key, |issuer| &issuer.key);
            let issuer_name = issuer.map_or_else(|| Name::new(&entity.subject), |issuer| issuer.template.subject.clone());
            let template = template(edition, &entity, &key, issuer_key, issuer_name, now);
            let der = template.sign(issuer_key);
            pki.issued.push(Issued { entity, key, template, der });
        }
        pki
    }

    /// By the name of its folder.
    pub fn get(&self, name: &str) -> &Issued {
        self.issued.iter().find(|issued| issued.entity.name == name).unwrap_or_else(|| panic!("no such role: {name}"))
    }

    /// Who issued it; a root itself.
    pub fn issuer(&self, name: &str) -> &Issued {
        self.get(self.get(name).entity.issuer)
    }

    /// The certificate and its issuers up to the root, leaf first. The root is not among them.
    pub fn path(&self, name: &str) -> Vec<&Issued> {
        let mut path = vec![self.get(name)];
        loop {
            let issuer = self.get(path.last().expect("never empty").entity.issuer);
            if issuer.entity.kind == Kind::Root {
                return path;
            }
            path.push(issuer);
        }
    }

    /// DER of [`Self::path`].
    pub fn chain(&self, name: &str) -> Vec<Vec<u8>> {
        self.path(name).iter().map(|issued| issued.der.clone()).collect()
    }

    /// The root that its chain ends in.
    pub fn root(&self, name: &str) -> &Issued {
        self.get(self.path(name).last().expect("never empty").entity.issuer)
    }

    /// The certificate of a role once more, with a change, signed by its issuer.
    pub fn changed(&self, name: &str, change: impl FnOnce(&mut Template)) -> Vec<u8> {
        let mut template = self.get(name).template.clone();
        change(&mut template);
        template.sign(&self.issuer(name).key)
    }

    /// The list of a CA that revokes these roles' certificates, a day before now.
    pub fn crl(&self, issuer: &str, revoked: &[&str]) -> Crl {
        let issuer = self.get(issuer);
        let entry = |name: &&str| (self.get(name).template.serial.clone(), Date::new(self.now - DAY / 2), 1); // keyCompromise
        Crl {
            issuer: issuer.template.subject.clone(),
            this_update: Date::new(self.now - DAY / 2),
            next_update: Some(Date::new(self.now + 6 * DAY)),
            revoked: revoked.iter().map(entry).collect(),
            extensions: vec![Extension::authority_key_id(false, &key_id(self.edition, &issuer.key)), Extension::crl_number(1)],
        }
    }

    /// Names a role's certificate as OCSP does.
    pub fn cert_id(&self, name: &str, hash: HashAlgorithm) -> CertId {
        let issuer = self.issuer(name);
        CertId {
            hash,
            issuer: issuer.template.subject.clone(),
            issuer_key: issuer.key.public.clone(),
            serial: self.get(name).template.serial.clone(),
        }
    }

    /// What a responder says of a role's certificate, for a week. Whoever signs it names himself by his key.
    pub fn ocsp(&self, name: &str, status: Status) -> OcspResponse {
        let this = self.now - DAY / 2;
        OcspResponse {
            responder: None,
            produced_at: this,
            responses: vec![(self.cert_id(name, HashAlgorithm::Sha1), status, this, Some(this + 7 * DAY))],
            nonce: None,
            certificates: Vec::new(),
        }
    }

    /// [`Self::ocsp`], signed: by the delegated responder where it serves the role's issuer, else by the issuer itself.
    pub fn ocsp_response(&self, name: &str, status: Status) -> Vec<u8> {
        let mut response = self.ocsp(name, status);
        let (issuer, responder) = (self.issuer(name), self.get("ocsp"));
        if issuer.entity.name != responder.entity.issuer || name == "ocsp" {
            return response.sign(&issuer.key);
        }
        response.certificates.push(responder.der.clone());
        response.sign(&responder.key)
    }
}

/// Key identifiers as the edition has them: 8 bytes; with Amendment 1, 20.
pub fn key_id(edition: Edition, key: &Key) -> Vec<u8> {
    if edition == Edition::Iso15118_20Amd1 {
        key.id_20()
    } else {
        key.id_8()
    }
}

fn template(edition: Edition, entity: &Entity, key: &Key, issuer_key: &Key, issuer: Name, now: i64) -> Template {
    let critical = edition.pointers_are_critical();
    let root = entity.kind == Kind::Root;
    let mut extensions = vec![Extension::basic_constraints(
        entity.kind != Kind::Leaf,
        match entity.kind {
            Kind::SubCa1 => Some(1),
            Kind::SubCa2 => Some(0),
            Kind::Root | Kind::Leaf => None,
        },
    )];
    extensions.push(Extension::key_usage(entity.usages));
    if !entity.purposes.is_empty() {
        extensions.push(Extension::extended_key_usage(true, &entity.purposes));
    }
    extensions.push(Extension::subject_key_id(critical, &key_id(edition, key)));
    if !root {
        extensions.push(Extension::authority_key_id(critical, &key_id(edition, issuer_key)));
        if entity.name == "ocsp" {
            extensions.push(Extension::new(extension::OCSP_NO_CHECK, false, vec![0x05, 0]));
        } else {
            extensions.push(Extension::ocsp_access(critical, "http://ocsp.example/"));
            extensions.push(Extension::crl_distribution_point(critical, "http://crl.example/ca.crl"));
        }
    }
    let generalized = edition == Edition::Iso15118_20Amd1;
    let serial = positive(&digest(HashAlgorithm::Sha256, &key.public).as_bytes()[..16]);
    Template {
        version: 3,
        serial,
        inner_algorithm: None,
        outer_algorithm: None,
        issuer,
        not_before: Date { seconds: now - DAY, generalized },
        not_after: Date { seconds: now - DAY + entity.days * DAY, generalized },
        subject: Name::new(&entity.subject),
        spki: key.spki(),
        extensions,
    }
}
