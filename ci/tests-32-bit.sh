#!/usr/bin/env bash
# The tests of what a target's compiler builds, as programs of 32 bits: pointers and usize of another width, 64-bit integers of another
# alignment. std is built with the distribution's compiler, as core is for the Cortex-M3.
set -euo pipefail
cd "$(dirname "$0")/.."

# shellcheck source=../ffi-tests/cortex-m3/toolchain.sh
. ffi-tests/cortex-m3/toolchain.sh
install_tools
if ! printf 'int main(void) { return 0; }' | gcc -m32 -x c - -o /dev/null 2>/dev/null; then
    run apt-get update -qq
    DEBIAN_FRONTEND=noninteractive run apt-get install -y -qq --no-install-recommends gcc-multilib
fi

# Random schedules find what they find within the first few hundred; power cuts at every byte and flips of every bit are for 64 bits.
export V2GCRYPT_MODEL_SCHEDULES=${V2GCRYPT_MODEL_SCHEDULES:-1000}
# The engines' plain code, as on a target: what x86 does with AES instructions needs more RAM than 32 bits have bounds for.
export RUSTFLAGS='--cfg aes_force_soft --cfg polyval_force_soft --cfg poly1305_force_soft --cfg chacha20_force_soft'
export RUSTC_BOOTSTRAP=1 RUSTC=$distribution_rustc CARGO_PROFILE_DEV_DEBUG=0

log=target/tests-32-bit.log
mkdir -p target
: >"$log"
test_packages() {
    run "$distribution_cargo" test --target i686-unknown-linux-gnu --target-dir target/i686 -Zbuild-std=std,panic_unwind,test \
        "$@" --lib --tests -- --skip a_cut_at --skip words_of_other_sizes --skip what_a_start_believed --skip every_byte --skip every_flipped_bit --skip flips 2>&1 | tee -a "$log"
}

packages=()
for package in types csm cryif primitives crypto-driver hsm-protocol hsm-firmware; do
    packages+=(-p "v2gcrypt-$package")
done
curves=v2gcrypt-hsm-firmware
test_packages "${packages[@]}" --features "v2gcrypt-crypto-driver/hsm,$curves/p384,$curves/p521,$curves/ed25519"
# By itself: its tests compute with ring, whose keys are larger.
test_packages -p v2gcrypt-keym

awk '/^test result: ok/ { passed += $4 } END { printf "32 bits: %d tests passed\n", passed; exit passed < 500 }' "$log"
