//! Certificates, lists and responses as users keep them: PEM, perhaps several in a file, or DER.
#![forbid(unsafe_code)]

use std::fmt;
use std::io::Read as _;
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

/// The objects of a file, or with `-` of the standard input. In a PEM file those under one of `labels`; a DER file is one object, whatever it is.
pub fn read(path: &Path, labels: &[&str]) -> Result<Vec<Object>, String> {
    let bytes = match path.to_str() {
        Some("-") => {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
        }
        _ => std::fs::read(path),
    };
    let bytes = bytes.map_err(|error| format!("{}: {error}", path.display()))?;
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
    if is_der(bytes) {
        return Ok(vec![bytes.to_vec()]);
    }
    let wanted = labels.join(" or ");
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for (label, body) in blocks(&text)? {
        if labels.contains(&label) {
            found.push(decode(label, &body)?);
        } else if !others.contains(&label) {
            others.push(label);
        }
    }
    match (found.is_empty(), others.is_empty()) {
        (false, _) => Ok(found),
        _ if bytes.is_empty() => Err(format!("no {wanted} in it: it is empty")),
        (_, false) => Err(format!("no {wanted} in it, but {}", crate::text::printable(others.join(", ").as_bytes()))),
        _ if std::str::from_utf8(bytes).is_err() => Err(format!("neither PEM nor DER of a {wanted}")),
        _ => Err(format!("no {wanted} in it")),
    }
}

/// A SEQUENCE. As such, text that begins with the digit 0 would be of less than 128 bytes.
fn is_der(bytes: &[u8]) -> bool {
    let is_text = bytes.len() > 130 && bytes.get(1).is_some_and(|&second| second < 0x80);
    bytes.first() == Some(&0x30) && !is_text
}

/// Label and base64 of each PEM block. Lines may be of any length, with blanks around them [RFC 7468 2]; boundaries have lines of
/// their own, so that nothing inside a name that is written out is taken for one.
fn blocks(text: &str) -> Result<Vec<(&str, String)>, String> {
    let mut found = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let mut line = line.trim();
        if let Some((label, body)) = open.take() {
            let rest = line.strip_prefix("-----END ").and_then(|end| end.strip_prefix(label)?.strip_prefix("-----"));
            match rest {
                // Files put together without a line break between them.
                Some(rest) => {
                    found.push((label, body));
                    line = rest.trim_start();
                }
                None if line.starts_with(BEGIN) => return Err("a PEM block has no end".to_owned()),
                None => {
                    open = Some((label, body + line));
                    continue;
                }
            }
        }
        match line.strip_prefix(BEGIN).and_then(|line| line.strip_suffix("-----")) {
            Some(label) => open = Some((label, String::new())),
            // Passed over, a list could leave what it revokes valid.
            None if line.contains(BEGIN) => return Err("a PEM block does not begin on a line of its own".to_owned()),
            None => {}
        }
    }
    match open {
        Some(_) => Err("a PEM block has no end".to_owned()),
        None => Ok(found),
    }
}

/// The decoder wants lines of 64 characters.
fn decode(label: &str, body: &str) -> Result<Vec<u8>, String> {
    let digits: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let mut pem = format!("-----BEGIN {label}-----\n").into_bytes();
    for line in digits.chunks(64) {
        pem.extend_from_slice(line);
        pem.push(b'\n');
    }
    pem.extend_from_slice(format!("-----END {label}-----\n").as_bytes());
    der::pem::decode_vec(&pem).map(|(_, der)| der).map_err(|error| format!("a PEM block: {error}"))
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
    fn lines_may_have_any_length_and_blanks_around_them() {
        let der: Vec<u8> = (0..200).collect();
        let digits: String = base64(&der);
        for width in [1, 48, 63, 64, 65, 76, 1000] {
            for (before, after) in [("", "\n"), ("  ", "\n"), ("\t", " \r\n"), ("", "\n\n")] {
                let lines = digits.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap());
                let lines = ["-----BEGIN CERTIFICATE-----"].into_iter().chain(lines).chain(["-----END CERTIFICATE-----"]);
                let pem: String = lines.map(|line| format!("{before}{line}{after}")).collect();
                assert_eq!(objects(pem.as_bytes(), &["CERTIFICATE"]).unwrap(), std::slice::from_ref(&der), "{pem}");
            }
        }
    }

    fn base64(der: &[u8]) -> String {
        let pem = der::pem::encode_string("X", der::pem::LineEnding::LF, der).unwrap();
        pem.lines().filter(|line| !line.starts_with('-')).collect()
    }

    #[test]
    fn text_around_blocks_may_be_of_any_encoding_and_begin_with_a_digit() {
        for before in [&b"\xe4\xf6\n"[..], b"0 s:CN=leaf\n", b"\xef\xbb\xbf"] {
            let file = [before, PEM.trim_start_matches("text before\n").as_bytes(), &[b'\n'; 100]].concat();
            assert_eq!(objects(&file, &["CERTIFICATE"]).unwrap().len(), 2);
        }
    }

    #[test]
    fn blocks_without_a_line_break_between_them_are_all_found() {
        let block = "-----BEGIN X509 CRL-----\nMAEA\n-----END X509 CRL-----";
        assert_eq!(objects(block.repeat(3).as_bytes(), &["X509 CRL"]).unwrap().len(), 3);
    }

    #[test]
    fn a_block_inside_a_line_is_never_taken() {
        let inside = "Subject: CN=-----BEGIN CERTIFICATE-----MAA=-----END CERTIFICATE-----\n";
        let file = format!("{inside}-----BEGIN CERTIFICATE-----\nMAIBAQ==\n-----END CERTIFICATE-----\n");
        assert!(objects(file.as_bytes(), &["CERTIFICATE"]).is_err());
        // Nor one inside of DER.
        let der = [&[0x30, 0x82, 2, 0][..], PEM.as_bytes()].concat();
        assert_eq!(objects(&der, &["CERTIFICATE"]).unwrap(), [der]);
    }

    #[test]
    fn what_is_there_instead_of_what_is_wanted_is_told() {
        let file = "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----";
        assert!(objects(file.as_bytes(), &["CERTIFICATE"]).unwrap_err().ends_with("but PRIVATE KEY"));
        assert!(objects(b"", &["CERTIFICATE"]).unwrap_err().ends_with("it is empty"));
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
