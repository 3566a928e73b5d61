#!/usr/bin/env bash
# What the library costs on a Cortex-M3: flash and RAM by feature subset, RAM of the generated configurations of arxml/evcc.arxml and
# arxml/evcc_keym.arxml, stack at the deepest in QEMU. Fails when a number is above 110 % of the one in footprint.txt (V2GCRYPT_BLESS=1 writes it).
set -euo pipefail

"$(dirname "${BASH_SOURCE[0]}")/cortex-m3.sh"

# shellcheck source=cortex-m3/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/cortex-m3/toolchain.sh"
# shellcheck source=cortex-m3/program.sh
. "$(dirname "${BASH_SOURCE[0]}")/cortex-m3/program.sh"
# shellcheck source=cortex-m3/link.sh
. "$(dirname "${BASH_SOURCE[0]}")/cortex-m3/link.sh"
install_tools qemu

committed=$root/ffi-tests/footprint.txt
measured=$out/footprint.txt
: >"$measured"

# measure <name> <archive> <entry …>: all of these entries together; nothing of a basic software, no configuration.
measure() {
    local name=$1 archive=$2 arguments=() entry
    shift 2
    [ $# != 0 ] || fail "$name: no entries"
    for entry in "$@"; do
        arguments+=(-u "$entry")
    done
    # shellcheck disable=SC2046 # one word per symbol
    arm-none-eabi-ld --gc-sections "${arguments[@]}" -e "$1" $(stand_ins "$archive") --defsym="$panic_callout=0" \
        "$archive" -o "$out/footprint.elf"
    # text is code and constants; what is initialised (data) lies in flash and in RAM.
    arm-none-eabi-size "$out/footprint.elf" | awk -v name="$name" \
        'NR == 2 { printf "flash %s %d\nram %s %d\n", name, $1 + $2, name, $2 + $3 }' >>"$measured"
}

target_cargo "$folder" -p v2gcrypt-primitives --example entries --no-default-features --features ecdsa
entries_archive=$archives/examples/libentries.a
measure primitive/hash "$entries_archive" Entry_Digest Entry_HashStart Entry_HashUpdate Entry_HashFinish
measure primitive/mac "$entries_archive" Entry_MacKey Entry_Mac Entry_MacStart Entry_MacUpdate Entry_MacFinish Entry_TagCompare
measure primitive/ecdsa-verify "$entries_archive" Entry_VerifyingKey Entry_Verify
measure primitive/ecdsa-sign "$entries_archive" Entry_SigningKey Entry_Sign
awk '$1 == "size" { print "bytes", $2, $3 }
     $1 == "primitive" && $2 !~ /^\(/ { print "stack primitive/" $2, $4 }' "$out/primitives.txt" >>"$measured"

for features in csm cryif csm,cryif csm,cryif,soft-symmetric csm,cryif,soft keym csm,cryif,soft,keym; do
    target_cargo "$folder" -p v2gcrypt --no-default-features --features "$features"
    # shellcheck disable=SC2046 # one word per entry
    measure "$features" "$archives/libv2gcrypt.a" $(entries "$archives/libv2gcrypt.a")
done

# The same, built for size.
target_cargo "$folder-size" -p v2gcrypt --no-default-features --features csm,cryif,soft --config 'profile.release.opt-level="s"'
# shellcheck disable=SC2046
measure csm,cryif,soft@opt-level=s "$folder-size/$triple/release/libv2gcrypt.a" $(entries "$archives/libv2gcrypt.a")

# configuration <folder of a program>: what the generated C is, in flash and RAM.
configuration() {
    local objects=$out/$1-objects source
    rm -rf "$objects" && mkdir -p "$objects"
    for source in "$out/$1"/*.c; do
        arm-none-eabi-gcc "${machine_flags[@]}" "${warning_flags[@]}" -Os -I "$out/$1" "${include_flags[@]}" \
            -c "$source" -o "$objects/$(basename "$source" .c).o"
    done
    arm-none-eabi-size -t "$objects"/*.o |
        awk -v name="configuration/$2" '/TOTALS/ { printf "flash %s %d\nram %s %d\n", name, $1 + $2, name, $2 + $3 }' >>"$measured"
}

# program <program> <name>
program() {
    arm-none-eabi-size "$out/$1.elf" | awk -v name="$2" 'NR == 2 { printf "flash %s %d\nram %s %d\n", name, $1 + $2, name, $2 + $3 }' >>"$measured"
}

# The demo: what an integrator would see.
configuration evcc evcc
program evcc demo/evcc
awk '/^stack peak:/ { print "stack demo/evcc", $3 }' "$out/evcc.txt" >>"$measured"
awk '/^stack peak:/ { print "stack test/services", $3 }' "$out/services.txt" >>"$measured"
awk '$1 == "function" { print "stack " $2, $4 }' "$out/stacks.txt" >>"$measured"

# KeyM: what a certificate needs beside its buffers, what is under way needs, and a chain of four certificates.
configuration chain evcc_keym
program chain test/chain
awk '/^chain: RAM of a certificate beside its DER, bytes / { print "bytes KeyM_CertificateRamType", $NF }
     /^chain: RAM of the engine, bytes / { print "bytes KeyM_EngineRamType", $NF }
     /^chain: stack of the main functions, bytes / { print "stack KeyM_MainBackgroundFunction/chain", $NF }' "$out/chain.txt" >>"$measured"

if [ -n "${V2GCRYPT_BLESS:-}" ]; then
    {
        printf '# Bytes on thumbv7m, opt-level 3 where not said otherwise, thin LTO. Checked by footprint.sh, which fails above 110 %%. Written with\n# %s\n' "$compiler"
        cat "$measured"
    } >"$committed"
fi
awk '
    FNR == NR { if ($1 !~ /^#/) allowed[$1 " " $2] = $3; next }
    {
        name = $1 " " $2
        if (!(name in allowed)) { verdict = "NOT IN footprint.txt"; bad++ }
        else if ($3 * 10 > allowed[name] * 11) { verdict = "ABOVE 110 %"; bad++ }
        else verdict = ""
        printf "%-44s %8d bytes, committed %8d  %s\n", name, $3, allowed[name], verdict
        seen[name] = 1
        count++
    }
    END {
        for (name in allowed) if (!(name in seen)) { printf "%s: committed, but not measured\n", name; bad++ }
        printf "footprint: %d passed, %d failed\n", count - bad, bad
        exit bad != 0
    }' "$committed" "$measured"
