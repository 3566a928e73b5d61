//! The HSM of the process, which `V2gcrypt_HsmSim_Start` starts.
#![forbid(unsafe_code)]

use std::io;
use std::sync::OnceLock;

use crate::{HsmModel, Options, Simulator};

/// Makes a HSM, with its power on.
type Make = fn(Options) -> io::Result<&'static dyn HsmModel>;

static MAKE: OnceLock<Make> = OnceLock::new();
static MODEL: OnceLock<Option<&'static dyn HsmModel>> = OnceLock::new();

/// The HSM of the process is to be another one than a simulator. False: there is one, or another one has been named.
pub fn use_model(make: Make) -> bool {
    MODEL.get().is_none() && MAKE.set(make).is_ok()
}

/// The HSM of the process, if it has been started.
pub(crate) fn model() -> Option<&'static dyn HsmModel> {
    MODEL.get().copied().flatten()
}

/// Starts the HSM of the process, unless that has been tried; `made` sees it before anybody else does.
pub(crate) fn start(options: Options, made: impl FnOnce(&'static dyn HsmModel)) -> Option<&'static dyn HsmModel> {
    *MODEL.get_or_init(|| {
        let model = match MAKE.get() {
            Some(make) => make(options),
            None => Simulator::new(options).map(|simulator| simulator as &dyn HsmModel),
        };
        let model = model.ok()?;
        made(model);
        Some(model)
    })
}
