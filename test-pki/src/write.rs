//! The PKI as files.

use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

use crate::defects::defects;
use x509_cert::ext::pkix::KeyUsages;

use crate::key::Entropy;
use crate::pem;
use crate::pki::Pki;
use crate::revocation::Status;
use crate::roles::Kind;

impl Pki {
    /// Writes `DIR/<role>/{cert,chain,key}.pem`; for issuers that sign lists `crl.pem`, for all but roots `ocsp.der`; and
    /// `DIR/defects/<name>/{chain,key}.pem` with `reason.txt`. Returns the files written.
    pub fn write_to(&self, folder: &Path, entropy: &Entropy) -> Result<Vec<PathBuf>> {
        let mut writer = Writer { files: Vec::new() };
        for issued in &self.issued {
            let place = folder.join(issued.entity.name);
            writer.write(&place, "cert.pem", pem("CERTIFICATE", &issued.der))?;
            writer.write(&place, "key.pem", issued.key.pkcs8_pem())?;
            let is_root = issued.entity.kind == Kind::Root;
            let chain = if is_root { vec![issued.der.clone()] } else { self.chain(issued.entity.name) };
            writer.write(&place, "chain.pem", chain.iter().map(|der| pem("CERTIFICATE", der)).collect::<String>())?;
            if issued.entity.usages.contains(KeyUsages::CRLSign) {
                let crl = self.crl(issued.entity.name, &[]).sign(&issued.key);
                writer.write(&place, "crl.pem", pem("X509 CRL", &crl))?;
            }
            if !is_root {
                writer.write(&place, "ocsp.der", self.ocsp_response(issued.entity.name, Status::Good))?;
            }
        }
        for defect in defects(self, entropy) {
            let place = folder.join("defects").join(defect.name);
            writer.write(&place, "chain.pem", defect.chain.iter().map(|der| pem("CERTIFICATE", der)).collect::<String>())?;
            writer.write(&place, "key.pem", defect.key.pkcs8_pem())?;
            writer.write(&place, "reason.txt", format!("{}\nrole: {}\nrule: {}\n", defect.text, defect.role, defect.rule))?;
            for crl in &defect.crls {
                writer.write(&place, "crl.pem", pem("X509 CRL", crl))?;
            }
            for response in &defect.ocsp {
                writer.write(&place, "ocsp.der", response)?;
            }
        }
        Ok(writer.files)
    }
}

struct Writer {
    files: Vec<PathBuf>,
}

impl Writer {
    fn write(&mut self, folder: &Path, name: &str, content: impl AsRef<[u8]>) -> Result<()> {
        fs::create_dir_all(folder)?;
        let file = folder.join(name);
        fs::write(&file, content)?;
        self.files.push(file);
        Ok(())
    }
}
