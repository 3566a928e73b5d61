//! Certificates, lists and responses as users keep them: PEM, perhaps several in a file, or DER.
#![forbid(unsafe_code)]

use std::fmt;
use std::path::{Path, PathBuf};

/// DER of one object, and where it was found.
#[derive(Clone)]
pub struct Object {
    /// The file.
    pub file: PathBuf,
    /// Which one in the file, from 1; `None`: it is the only one.
    pub number: Option<usize>,
    /// The whole object.
    pub der: Vec<u8>,
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        self.number.map_or(Ok(()), |number| write!(f, "#{number}"))
    }
}

/// The objects of a file. In a PEM file those under one of `labels`; a DER file is one object, whatever it is.
pub fn read(path: &Path, labels: &[&str]) -> Result<Vec<Object>, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let found = objects(&bytes, labels).map_err(|problem| format!("{}: {problem}", path.display()))?;
    let many = found.len() > 1;
    let object = |(place, der)| Object { file: path.to_owned(), number: many.then_some(place + 1), der };
    Ok(found.into_iter().enumerate().map(object).collect())
}

/// All objects of several files.
pub fn read_all(paths: &[PathBuf], labels: &[&str]) -> Result<Vec<Object>, String> {
    let mut all = Vec::new();
    for path in paths {
        all.extend(read(path, labels)?);
    }
    Ok(all)
}

const BEGIN: &str = "-----BEGIN ";

fn objects(bytes: &[u8], labels: &[&str]) -> Result<Vec<Vec<u8>>, String> {
    let wanted = labels.join(" or ");
    if bytes.first() == Some(&0x30) {
        return Ok(vec![bytes.to_vec()]);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| format!("neither PEM nor DER of a {wanted}"))?;
    let mut found = Vec::new();
    for block in text.match_indices(BEGIN).filter_map(|(start, _)| text.get(start..)) {
        let end = block.find("-----END ").and_then(|end| Some(end + block.get(end..)?.find('\n').unwrap_or(block.len() - end)));
        let block = end.and_then(|end| block.get(..end)).ok_or("a PEM block has no end")?;
        let (label, der) = der::pem::decode_vec(block.trim_end().as_bytes()).map_err(|error| format!("a PEM block: {error}"))?;
        if labels.contains(&label) {
            found.push(der);
        }
    }
    if found.is_empty() {
        return Err(format!("no {wanted} in it"));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEM: &str = "text before\n-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\nbetween\r\n\
        -----BEGIN X509 CRL-----\r\nMAEA\r\n-----END X509 CRL-----\r\n-----BEGIN CERTIFICATE-----\nMAIBAQ==\n-----END CERTIFICATE-----";

    #[test]
    fn every_block_of_the_wanted_kind_is_found_whatever_stands_around_it() {
        let certificates = objects(PEM.as_bytes(), &["CERTIFICATE"]).unwrap();
        assert_eq!(certificates, [vec![0x30, 0], vec![0x30, 2, 1, 1]]);
        assert_eq!(objects(PEM.as_bytes(), &["X509 CRL"]).unwrap(), [vec![0x30, 1, 0]]);
    }

    #[test]
    fn der_is_taken_as_it_is() {
        assert_eq!(objects(&[0x30, 0x80, 7], &["CERTIFICATE"]).unwrap(), [vec![0x30, 0x80, 7]]);
    }

    #[test]
    fn a_file_without_what_is_wanted_is_refused() {
        for bytes in [
            &b""[..],
            b"hello",
            b"\xff\xfe",
            b"-----BEGIN CERTIFICATE-----\nMAA=\n",
            b"-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----",
        ] {
            assert!(objects(bytes, &["CERTIFICATE"]).is_err());
        }
        assert!(objects(b"-----BEGIN CERTIFICATE-----\nM!A=\n-----END CERTIFICATE-----\n", &["CERTIFICATE"]).is_err());
    }
}
