//! What `libv2gcrypt_host.a` has, and the HSM's firmware on an emulated Cortex-M3: for C programs that call `V2gcrypt_HsmQemu_Use`.
#![forbid(unsafe_code)]

pub use v2gcrypt_host as host;
pub use v2gcrypt_hsm_qemu as hsm_qemu;
