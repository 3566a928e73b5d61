#!/usr/bin/env bash
# The HSM's firmware on an emulated Cortex-M3: installs the tools where they are absent, builds its images, runs the tests of
# v2gcrypt-hsm-qemu against them, and fails when a size, a stack or a number of instructions is above 110 % of the one in qemu.txt
# (V2GCRYPT_BLESS=1 writes it). A damaged image must fail the tests.
set -euo pipefail

# shellcheck source=../../ffi-tests/cortex-m3/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../ffi-tests/cortex-m3/toolchain.sh"
install_tools qemu

here=$root/crypto-driver/hsm-firmware
board=$here/src/bin/mps2
folder=$root/target/hsm-mps2
out=$folder/images
committed=$here/qemu.txt
measured=$out/measured.txt
mkdir -p "$out"
: >"$measured"

# build_image <name> <features>
build_image() {
    local options=(-D warnings -C linker=arm-none-eabi-gcc) option
    for option in -mcpu=cortex-m3 -mthumb -nostartfiles -nostdlib "-L$board" -Tlink.x -Wl,--gc-sections; do
        options+=(-C "link-arg=$option")
    done
    RUSTFLAGS="${options[*]}" target_cargo "$folder" -p v2gcrypt-hsm-firmware --bin mps2 --no-default-features --features "$2"
    cp "$folder/$triple/release/mps2" "$out/$1.elf"
    # text is code and constants; what is initialised (data) lies in flash and in RAM. The stack is extra.
    arm-none-eabi-size "$out/$1.elf" | awk -v name="$1" \
        'NR == 2 { printf "flash %s %d\nram %s %d\n", name, $1 + $2, name, $2 + $3 }' | tee -a "$measured"
}

# run_tests <image> <arguments of cargo test …>
run_tests() {
    local image=$1
    shift
    (cd "$root" && V2GCRYPT_HSM_IMAGE=$out/$image.elf run cargo test -p v2gcrypt-hsm-qemu "$@" -- --include-ignored --nocapture)
}

build_image p256 board-mps2
build_image nist board-mps2,p384,p521
build_image all board-mps2,p384,p521,ed25519

# figures <image> <kind>: what its tests have printed.
figures() {
    grep -oE "$2 [a-z0-9/-]+ [0-9]+\$" "$out/$1.txt" | sort -u
}

for image in p256 all; do
    run_tests "$image" 2>&1 | tee "$out/$image.txt"
    figures "$image" stack | sed "s/ peak / $image /" >>"$measured"
done
figures all instructions >>"$measured"

# What else runs with the simulator, with this board in its place.
on_the_board() {
    (cd "$root" && V2GCRYPT_HSM_IMAGE=$out/all.elf run cargo test "$@") 2>&1 | tee -a "$out/board.txt"
}
: >"$out/board.txt"
# The driver's tests of its services.
on_the_board -p v2gcrypt-hsm-sim --test services
# C programs, through all layers. One after the other: they count seconds.
on_the_board -p v2gcrypt-ffi-tests --test hsm -- --nocapture --test-threads 1
on_the_board -p v2gcrypt-ffi-tests --test keym a_provisioning_key_is_generated_in_the_hsm -- --nocapture
# `v2gcrypt demo`.
on_the_board -p v2gcrypt-cli --features hsm-qemu --test hsm emulated -- --ignored --nocapture

# That these ran, and did run on the board.
awk '
    /^test result: ok/ { tests += $4 }
    /with an emulated HSM$/ { programs++ }
    /^[a-z_]+: [0-9]+ checks/ { checks += $2 }
    /keys in an emulated HSM$/ { demos++ }
    END {
        printf "on the emulated core: %d tests, %d checks of %d runs of C programs, %d demo\n", tests, checks, programs, demos
        exit !(tests >= 22 && programs >= 5 && checks >= 280 && demos == 1)
    }' "$out/board.txt" || fail "less ran on the board than there is"

# The tests notice a zero in place of one byte of code, so they run what was built.
damage() {
    local place address offset
    place=$(arm-none-eabi-nm -C "$out/p256.elf" | grep -E -m 1 "$1" || true)
    [ -n "$place" ] || fail "no function $1 in the image"
    address=$((16#${place%% *}))
    # The code's segment is the first, at address 0. The second byte of a function is that of its `push`.
    offset=$((16#$(arm-none-eabi-objdump -h "$out/p256.elf" | awk '$2 == ".vector_table" { print $6 }') + (address & ~1) + 1))
    cp "$out/p256.elf" "$out/damaged.elf"
    printf '\0' | dd of="$out/damaged.elf" bs=1 seek="$offset" conv=notrunc status=none
    cmp -s "$out/p256.elf" "$out/damaged.elf" && fail "there was a zero already in ${place#* }"
    if (V2GCRYPT_HSM_PATIENCE=5 run_tests damaged --test commands) >"$out/damaged.txt" 2>&1; then
        fail "the tests pass with a zero in ${place#* }"
    fi
    grep -q '^test result: FAILED' "$out/damaged.txt" || fail "the tests did not run: $(tail -n 5 "$out/damaged.txt")"
    echo "a zero in ${place#* }: the tests fail"
}
damage 'mps2::mmio::uart0_rx'
damage 'sha2.*compress'
damage 'p256.*mul'

if [ -n "${V2GCRYPT_BLESS:-}" ]; then
    {
        printf '# The firmware of the HSM on thumbv7m: bytes of flash, RAM and stack, and instructions. Checked by qemu.sh, which fails above\n'
        printf '# 110 %%. Written with %s\n' "$compiler"
        cat "$measured"
    } >"$committed"
fi
awk '
    FNR == NR { if ($1 !~ /^#/) allowed[$1 " " $2] = $3; next }
    {
        name = $1 " " $2
        if (!(name in allowed)) { verdict = "NOT IN qemu.txt"; bad++ }
        else if ($3 * 10 > allowed[name] * 11) { verdict = "ABOVE 110 %"; bad++ }
        else verdict = ""
        printf "%-32s %9d, committed %9d  %s\n", name, $3, allowed[name], verdict
        seen[name] = 1
        count++
    }
    $2 == "p256" && ($1 == "ram" || $1 == "stack") { total += $3 }
    END {
        for (name in allowed) if (!(name in seen)) { printf "%s: committed, but not measured\n", name; bad++ }
        printf "RAM with P-256, the stack at its deepest included: %d bytes of 65536\n", total
        if (total > 65536) bad++
        printf "hsm-mps2: %d passed, %d failed\n", count - bad, bad
        exit bad != 0
    }' "$committed" "$measured"
