#!/usr/bin/env bash
# What a target's compiler must build: no std, no allocator, the MSRV's language, and each module left out in turn.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${CARGO_TARGET_DIR:-target}/no-std
count=0
check() {
    echo "+ cargo $*"
    CARGO_TARGET_DIR=$target cargo "$@"
    count=$((count + 1))
}

# `incompatible_msrv` is denied in the workspace: an API newer than `rust-version` fails here.
for package in v2gcrypt-types v2gcrypt-csm v2gcrypt-cryif v2gcrypt-primitives v2gcrypt-crypto-driver v2gcrypt-keym v2gcrypt-hsm-protocol v2gcrypt-hsm-firmware; do
    check clippy -q -p "$package" --no-default-features -- -D warnings
done
check clippy -q -p v2gcrypt-crypto-driver --no-default-features --features hsm -- -D warnings

for features in csm cryif soft hsm keym p384 ed25519 p521,ed25519 csm,cryif cryif,soft csm,cryif,soft csm,keym csm,cryif,soft,keym; do
    check rustc -q --lib -p v2gcrypt --profile release --no-default-features --features "$features" -- -C panic=abort
done

echo "no_std and MSRV: $count builds"
