#!/usr/bin/env bash
# A release build for the chip refuses the fixed test key; every other build has it. Needs a compiler for this machine only.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
log=$root/target/test-key.log
cd "$root"
mkdir -p target

# build <arguments>: the example that makes a store with the test key, or with another one.
build() {
    cargo build --quiet --locked -p v2gcrypt-hsm-firmware --example device_key --config profile.dev.debug=0 "$@" >"$log" 2>&1
}

fail() {
    cat "$log" >&2
    echo "FAILED: $*" >&2
    exit 1
}

build || fail "a debug build with the test key"
build --features chip || fail "a debug build for the chip with the test key"
V2GCRYPT_OWN_KEY=1 build --release --features chip || fail "a release build for the chip with a key of its own"
build --release || fail "a release build for simulation with the test key"
if build --release --features chip; then
    fail "a release build for the chip took the test key"
fi
grep -q "a release build for the chip must not have the test key" "$log" || fail "refused for another reason"
echo "the test key is refused in a release build for the chip, and only there"
