#!/usr/bin/env bash
# The library on a bare Cortex-M3: 32 bits, no std, no allocator, short enumerations. Installs the tools where they are absent,
# builds libv2gcrypt.a and C programs, and runs them in QEMU.
set -euo pipefail

# shellcheck source=cortex-m3/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/cortex-m3/toolchain.sh"
# shellcheck source=cortex-m3/program.sh
. "$(dirname "${BASH_SOURCE[0]}")/cortex-m3/program.sh"
install_tools qemu

programs=0

# The primitives alone: known answers, stack and time of each.
target_cargo "$folder" -p v2gcrypt-primitives --example entries --no-default-features --features ecdsa
link_program "$out/primitives.elf" "$archives/examples/libentries.a" \
    "$board/primitives.c" "$board/callouts.c"
run_program "$out/primitives.elf" "$out/primitives.txt"
grep -q '^[0-9]* passed, 0 failed$' "$out/primitives.txt" || fail 'a primitive gave a wrong answer'
programs=$((programs + 1))

# The demo of a vehicle, unchanged, with the configuration of arxml/evcc.arxml.
generate_configuration "$out/evcc" "$root/arxml/evcc.arxml"
target_cargo "$folder" -p v2gcrypt --no-default-features --features csm,cryif,soft
link_program "$out/evcc.elf" "$archives/libv2gcrypt.a" -I "$out/evcc" \
    "$root/ffi-tests/demo/evcc.c" "$out"/evcc/*.c "$board/port.c" "$board/callouts.c"
run_program "$out/evcc.elf" "$out/evcc.txt"
grep -q '^demo: all steps passed$' "$out/evcc.txt" || fail 'the demo did not reach its end'
programs=$((programs + 1))

printf 'cortex-m3: %d programs passed, 0 failed\n' "$programs"
