#!/usr/bin/env bash
# A build for the chip refuses the fixed test key; every other build has it. Needs a compiler for this machine only.
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

# refused <arguments>
refused() {
    if build "$@"; then
        fail "cargo build $* took the test key"
    fi
    grep -q "a build for the chip must not have the test key" "$log" || fail "cargo build $*: refused for another reason"
}

build || fail "a build for simulation with the test key"
refused --features chip
V2GCRYPT_OWN_KEY=1 build --features chip || fail "a build for the chip with a key of its own"
refused --release --features chip
V2GCRYPT_OWN_KEY=1 build --release --features chip || fail "a release build for the chip with a key of its own"
echo "the test key is refused in a build for the chip, and only there"
