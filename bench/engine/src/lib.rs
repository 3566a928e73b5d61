//! The engines called directly, at their best, as a column of the bench: what the library adds is the difference.
//!
//! One build has the engines of the library's default on hosts, the other (`aws-lc`) those of its feature of that name.
#![deny(unsafe_code)]

#[cfg(feature = "aws-lc")]
mod aws_lc;
#[cfg(feature = "aws-lc")]
use aws_lc as engine;
#[cfg(not(feature = "aws-lc"))]
mod ring_rustcrypto;
#[cfg(not(feature = "aws-lc"))]
use ring_rustcrypto as engine;

pub mod ffi;

/// A curve of `peer.h`.
#[derive(Clone, Copy)]
enum Curve {
    P256,
    P384,
    P521,
}

impl Curve {
    const ALL: [Self; 3] = [Self::P256, Self::P384, Self::P521];

    fn field_len(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }
}

/// The constant inputs: `struct material` of `peer.h`.
#[repr(C)]
struct Material {
    scalar: [[u8; 66]; 3],
    point: [[u8; 133]; 3],
    partner_point: [[u8; 133]; 3],
    aes_key: [u8; 32],
    nonce: [u8; 12],
    iv: [u8; 16],
    aad: [u8; 16],
}

impl Material {
    fn scalar(&self, curve: Curve) -> &[u8] {
        &self.scalar[curve as usize][..curve.field_len()]
    }

    fn point(&self, curve: Curve) -> &[u8] {
        &self.point[curve as usize][..1 + 2 * curve.field_len()]
    }

    #[cfg(feature = "aws-lc")]
    fn partner_point(&self, curve: Curve) -> &[u8] {
        &self.partner_point[curve as usize][..1 + 2 * curve.field_len()]
    }
}

/// Length of an AES key, as an index.
#[derive(Clone, Copy)]
enum KeyLength {
    Aes128,
    Aes256,
}

impl KeyLength {
    const ALL: [Self; 2] = [Self::Aes128, Self::Aes256];

    fn of_bits(bits: i32) -> Self {
        if bits == 256 {
            Self::Aes256
        } else {
            Self::Aes128
        }
    }

    fn key(self, material: &Material) -> &[u8] {
        match self {
            Self::Aes128 => &material.aes_key[..16],
            Self::Aes256 => &material.aes_key,
        }
    }
}

/// Where a text lies and where the result goes.
enum Text<'a> {
    InPlace(&'a mut [u8]),
    Apart(&'a [u8], &'a mut [u8]),
}

impl<'a> Text<'a> {
    /// For engines that work in place only.
    fn moved(self) -> &'a mut [u8] {
        match self {
            Self::InPlace(text) => text,
            Self::Apart(input, output) => {
                output.copy_from_slice(input);
                output
            }
        }
    }
}
