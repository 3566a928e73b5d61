//! Key pairs, made from a seed or from the system's randomness, over the engines of `v2gcrypt-primitives`.

use der::Decode;
use v2gcrypt_primitives::Curve;
use v2gcrypt_primitives::{digest, HashAlgorithm};
use v2gcrypt_primitives::{ec, ecdsa, ed25519};

use crate::asn1::{bit_string, constructed, elements, oid, positive, tlv, SEQUENCE};

/// A signature algorithm, with its curve and hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// P-256 with SHA-256: ISO 15118-2.
    P256,
    /// P-384 with SHA-384.
    P384,
    /// P-521 with SHA-512: ISO 15118-20.
    P521,
    /// Ed25519.
    Ed25519,
}

impl Algorithm {
    fn curve(self) -> Option<(Curve, HashAlgorithm)> {
        match self {
            Self::P256 => Some((Curve::P256, HashAlgorithm::Sha256)),
            Self::P384 => Some((Curve::P384, HashAlgorithm::Sha384)),
            Self::P521 => Some((Curve::P521, HashAlgorithm::Sha512)),
            Self::Ed25519 => None,
        }
    }

    /// `AlgorithmIdentifier` of a signature.
    pub fn signature_identifier(self) -> Vec<u8> {
        let number = match self {
            Self::P256 => "1.2.840.10045.4.3.2",
            Self::P384 => "1.2.840.10045.4.3.3",
            Self::P521 => "1.2.840.10045.4.3.4",
            Self::Ed25519 => "1.3.101.112",
        };
        tlv(SEQUENCE, &oid(number))
    }

    /// `AlgorithmIdentifier` of a key.
    fn key_identifier(self) -> Vec<u8> {
        let curve = match self {
            Self::P256 => "1.2.840.10045.3.1.7",
            Self::P384 => "1.3.132.0.34",
            Self::P521 => "1.3.132.0.35",
            Self::Ed25519 => return self.signature_identifier(),
        };
        constructed(SEQUENCE, &[&oid("1.2.840.10045.2.1"), &oid(curve)])
    }
}

/// Where keys come from.
pub enum Entropy {
    /// The system.
    System,
    /// A seed: the same keys each time.
    Seed(Vec<u8>),
}

impl Entropy {
    /// A key pair; `label` tells those from one seed apart.
    pub fn key(&self, algorithm: Algorithm, label: &str) -> Key {
        let mut count = 0u32;
        let mut fill = |out: &mut [u8]| {
            for block in out.chunks_mut(32) {
                count += 1;
                match self {
                    Self::System => return getrandom::getrandom(out).is_ok(),
                    Self::Seed(seed) => {
                        let name = format!("{label}/{algorithm:?}/{count}");
                        let hash = digest(HashAlgorithm::Sha256, &[seed.as_slice(), b"/", name.as_bytes()].concat());
                        block.copy_from_slice(&hash.as_bytes()[..block.len()]);
                    }
                }
            }
            true
        };
        let secret = match algorithm.curve() {
            Some((curve, _)) => ec::generate(curve, &mut fill).expect("the source of randomness works").as_bytes().to_vec(),
            None => {
                let mut seed = [0; 32];
                assert!(fill(&mut seed), "the source of randomness works");
                seed.to_vec()
            }
        };
        Key::new(algorithm, &secret)
    }
}

/// A key pair.
#[derive(Clone)]
pub struct Key {
    /// What it signs with.
    pub algorithm: Algorithm,
    /// Scalar or seed.
    pub secret: Vec<u8>,
    /// `04 ‖ X ‖ Y`, or the 32 bytes of Ed25519.
    pub public: Vec<u8>,
}

impl Key {
    fn new(algorithm: Algorithm, secret: &[u8]) -> Self {
        let public = match algorithm.curve() {
            Some((curve, _)) => ec::public_key(curve, secret).expect("a generated scalar is in range").as_bytes().to_vec(),
            None => ed25519::SigningKey::new(secret).expect("32 bytes").public_key().to_vec(),
        };
        Self { algorithm, secret: secret.to_vec(), public }
    }

    /// A signature as X.509 has it: ECDSA-Sig-Value, or the 64 bytes of Ed25519.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let raw = self.sign_raw(message);
        if self.algorithm == Algorithm::Ed25519 {
            return raw;
        }
        let (r, s) = raw.split_at(raw.len() / 2);
        constructed(SEQUENCE, &[&tlv(0x02, &positive(r)), &tlv(0x02, &positive(s))])
    }

    /// A signature as Csm has it: r ‖ s.
    pub fn sign_raw(&self, message: &[u8]) -> Vec<u8> {
        match self.algorithm.curve() {
            Some((curve, hash)) => {
                let key = ecdsa::SigningKey::new(curve, &self.secret).expect("a generated scalar is in range");
                // Of a digest it is by RFC 6979: the same PKI each time a seed is the same.
                key.sign_digest(digest(hash, message).as_bytes()).expect("a digest of SHA-2").as_bytes().to_vec()
            }
            None => ed25519::SigningKey::new(&self.secret).expect("32 bytes").sign(message).expect("Ed25519 signs").to_vec(),
        }
    }

    /// `SubjectPublicKeyInfo`.
    pub fn spki(&self) -> Vec<u8> {
        constructed(SEQUENCE, &[&self.algorithm.key_identifier(), &bit_string(&self.public)])
    }

    /// PKCS#8, PEM.
    pub fn pkcs8_pem(&self) -> String {
        let secret = match self.algorithm {
            Algorithm::Ed25519 => tlv(0x04, &self.secret),
            _ => {
                let public = tlv(0xa1, &bit_string(&self.public));
                constructed(SEQUENCE, &[&[0x02, 1, 1], &tlv(0x04, &self.secret), &public])
                // RFC 5915
            }
        };
        let whole = constructed(SEQUENCE, &[&[0x02, 1, 0], &self.algorithm.key_identifier(), &tlv(0x04, &secret)]);
        crate::pem("PRIVATE KEY", &whole)
    }

    /// Key identifier of 20 bytes [RFC 5280 4.2.1.2, method 1].
    pub fn id_20(&self) -> Vec<u8> {
        digest(HashAlgorithm::Sha1, &self.public).as_bytes().to_vec()
    }

    /// Key identifier of 8 bytes: 0100 and the last 60 bits of the hash [RFC 5280 4.2.1.2, method 2].
    pub fn id_8(&self) -> Vec<u8> {
        let mut id = self.id_20().split_off(12);
        id[0] = id[0] & 0x0f | 0x40;
        id
    }
}

impl Key {
    /// From PKCS#8, PEM; `None`: of another kind, or damaged.
    pub fn from_pkcs8_pem(pem: &str) -> Option<Self> {
        let (label, der) = der::pem::decode_vec(pem.trim().as_bytes()).ok()?;
        let fields = elements(&der)?;
        let (identifier, octets) = (fields.get(1)?, fields.get(2)?);
        let all = [Algorithm::P256, Algorithm::P384, Algorithm::P521, Algorithm::Ed25519];
        let algorithm = all.into_iter().find(|algorithm| algorithm.key_identifier() == *identifier)?;
        let inner = der::asn1::AnyRef::from_der(octets).ok()?.value();
        let secret = match algorithm {
            Algorithm::Ed25519 => der::asn1::AnyRef::from_der(inner).ok()?.value(),
            _ => der::asn1::AnyRef::from_der(elements(inner)?.get(1)?).ok()?.value(), // RFC 5915
        };
        let public = match algorithm.curve() {
            Some((curve, _)) => ec::public_key(curve, secret).ok()?.as_bytes().to_vec(),
            None => ed25519::SigningKey::new(secret).ok()?.public_key().to_vec(),
        };
        (label == "PRIVATE KEY").then(|| Self { algorithm, secret: secret.to_vec(), public })
    }
}
