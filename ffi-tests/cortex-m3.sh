#!/usr/bin/env bash
# The library on a bare Cortex-M3: 32 bits, no std, no allocator, short enumerations. Installs the tools where they are absent,
# builds libv2gcrypt.a and C programs, and runs them in QEMU.
set -euo pipefail

# shellcheck source=cortex-m3/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/cortex-m3/toolchain.sh"
# shellcheck source=cortex-m3/program.sh
. "$(dirname "${BASH_SOURCE[0]}")/cortex-m3/program.sh"
install_tools qemu

build_board
programs=0

# The primitives alone: known answers, stack and time of each.
target_cargo "$folder" -p v2gcrypt-primitives --example entries --no-default-features --features p384,p521,ed25519,cipher,aead,kdf
link_program "$out/primitives.elf" "$archives/examples/libentries.a" "$board/primitives.c" "$board/primitives_symmetric.c"
run_program "$out/primitives.elf" "$out/primitives.txt"
grep -q '^[0-9]* passed, 0 failed$' "$out/primitives.txt" || fail 'a primitive gave a wrong answer'
programs=$((programs + 1))

# Sizes and offsets of the shared types, as this compiler sees them.
for width in '' -DV2GCRYPT_ENUM_INT; do
    # shellcheck disable=SC2086 # an option or nothing
    run arm-none-eabi-gcc "${machine_flags[@]}" "${warning_flags[@]}" "${include_flags[@]}" $width \
        -c "$root/ffi-tests/generated/abi_layout.c" -o "$out/abi_layout.o"
done

# The demo of a vehicle, unchanged, with the configuration of arxml/evcc.arxml. Enumerations are a byte, or as wide as int.
generate_configuration "$out/evcc" "$root/arxml/evcc.arxml"
demo_sources=("$root/ffi-tests/demo/evcc.c" "$out"/evcc/*.c "$board/port.c")
target_cargo "$folder" -p v2gcrypt --no-default-features --features csm,cryif,soft,keym
link_program "$out/evcc.elf" "$archives/libv2gcrypt.a" -I "$out/evcc" "${demo_sources[@]}"
run_program "$out/evcc.elf" "$out/evcc.txt"
grep -q '^demo: all steps passed$' "$out/evcc.txt" || fail 'the demo did not reach its end'
programs=$((programs + 1))

# How deep each function reaches into the stack.
link_program "$out/stacks.elf" "$archives/libv2gcrypt.a" -I "$out/evcc" "$board/stacks.c" "$out"/evcc/*.c
run_program "$out/stacks.elf" "$out/stacks.txt"
grep -q '^stacks: [0-9]* functions, 0 failures$' "$out/stacks.txt" || fail 'a function did not return E_OK'
programs=$((programs + 1))

# A chain of certificates: KeyM over the same stack, with the configuration of arxml/evcc_keym.arxml.
generate_configuration "$out/chain" "$root/arxml/evcc.arxml" "$root/arxml/evcc_keym.arxml"
rm "$out/chain/NvM_Host_Cfg.c" # the board has no NvM
link_program "$out/chain.elf" "$archives/libv2gcrypt.a" -I "$out/chain" "$board/chain.c" "$out"/chain/*.c
run_program "$out/chain.elf" "$out/chain.txt"
grep -q '^chain: failures 0$' "$out/chain.txt" || fail 'the chain was not verified as it should be'
programs=$((programs + 1))

# Every service, mode, queue and key function: the test program of the host, unchanged.
generate_configuration "$out/services" "$root/ffi-tests/arxml/services.arxml"
tests=$root/ffi-tests/c
link_program "$out/services.elf" "$archives/libv2gcrypt.a" -I "$out/services" -I "$tests" "$out"/services/*.c \
    "$tests"/services.c "$tests"/services_*.c "$tests/areas.c" "$tests/stack.c" "$tests/support.c" "$tests/entropy.c" "$tests/vectors.c"
run_program "$out/services.elf" "$out/services.txt"
grep -q '^services: [0-9]\{4,\} checks, 0 failures$' "$out/services.txt" || fail 'the test of the services did not pass'
programs=$((programs + 1))

V2GCRYPT_ENUM_WIDTH=int target_cargo "$folder-enum-int" -p v2gcrypt --no-default-features --features csm,cryif,soft
link_program "$out/evcc-enum-int.elf" "$folder-enum-int/$triple/release/libv2gcrypt.a" -DV2GCRYPT_ENUM_INT -I "$out/evcc" "${demo_sources[@]}"
run_program "$out/evcc-enum-int.elf" "$out/evcc-enum-int.txt"
grep -q '^demo: all steps passed$' "$out/evcc-enum-int.txt" || fail 'the demo did not reach its end'
programs=$((programs + 1))

# A configuration for another ABI than the library's does not link.
if (link_program "$out/mismatch.elf" "$archives/libv2gcrypt.a" -DV2GCRYPT_ENUM_INT -I "$out/evcc" "${demo_sources[@]}") >"$out/mismatch.txt" 2>&1; then
    fail 'a configuration for enumerations as wide as int links with a library for uint8'
fi
grep -q 'undefined reference to .V2gcrypt_Abi_R22_11_EnumInt' "$out/mismatch.txt" || fail "the mismatch fails for another reason: $(cat "$out/mismatch.txt")"
echo 'a configuration for another ABI does not link'

printf 'cortex-m3: %d programs passed, 0 failed\n' "$programs"
