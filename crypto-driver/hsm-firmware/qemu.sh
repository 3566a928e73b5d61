#!/usr/bin/env bash
# The HSM's firmware on an emulated Cortex-M3: installs the tools where they are absent, builds the image, prints what it costs, and runs
# the tests of v2gcrypt-hsm-qemu against it.
set -euo pipefail

# shellcheck source=../../ffi-tests/cortex-m3/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../ffi-tests/cortex-m3/toolchain.sh"
install_tools qemu

board=$root/crypto-driver/hsm-firmware/src/bin/mps2
folder=$root/target/hsm-mps2
out=$folder/images
mkdir -p "$out"

# build_image <name> <features>
build_image() {
    local options=(-C linker=arm-none-eabi-gcc) option
    for option in -mcpu=cortex-m3 -mthumb -nostartfiles -nostdlib "-L$board" -Tlink.x -Wl,--gc-sections; do
        options+=(-C "link-arg=$option")
    done
    RUSTFLAGS="${options[*]}" target_cargo "$folder" -p v2gcrypt-hsm-firmware --bin mps2 --no-default-features --features "$2"
    cp "$folder/$triple/release/mps2" "$out/$1.elf"
    arm-none-eabi-size "$out/$1.elf"
}

# run_tests <image> <arguments of the test programs …>
run_tests() {
    local image=$1
    shift
    (cd "$root" && V2GCRYPT_HSM_IMAGE=$image run cargo test --quiet -p v2gcrypt-hsm-qemu -- --include-ignored "$@")
}

build_image p256 board-mps2
run_tests "$out/p256.elf"
