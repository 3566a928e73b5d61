#!/usr/bin/env bash
# Links every entry of the library for a Cortex-M3, each alone, with the panic callout undefined: where the linker asks for it,
# a panic can be reached. Csm, CryIf, KeyM, the driver, hashes, MACs, ciphers, AEAD and key
# derivation contain none. Elliptic curves may have those of panic-sites.txt, a list that may only shrink (V2GCRYPT_BLESS=1 writes it).
#
# The proof lets the optimiser inline more than a release would: a bounds check that some optimiser can drop is not reachable,
# whichever optimiser builds the product.
set -euo pipefail

# shellcheck source=cortex-m3/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/cortex-m3/toolchain.sh"
# shellcheck source=cortex-m3/link.sh
. "$(dirname "${BASH_SOURCE[0]}")/cortex-m3/link.sh"
install_tools

folder=$root/target/panic-link
list=$root/ffi-tests/panic-sites.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# build [unrolled] <arguments of cargo build>; `inlining` replaces the threshold.
#
# Decryption of the crate aes counts its round keys down in a loop: only unrolled does the compiler see that the index stays in
# range. Elliptic curves would take it hours, so what is unrolled is proved without them.
build() {
    local flags="${inlining--Cllvm-args=-inline-threshold=3000} --cfg v2gcrypt_panic_sites"
    if [ "$1" = unrolled ]; then
        flags+=' -Cllvm-args=-unroll-threshold=8000'
        shift
    fi
    RUSTFLAGS=$flags target_cargo "$folder" "$@" \
        --config 'profile.release.lto="fat"' --config profile.release.opt-level=3 --config profile.release.codegen-units=1 \
        --config profile.release.overflow-checks=false --config profile.release.debug-assertions=false
}

# panics <archive> <entry>: is the callout asked for?
panics() {
    local status=0
    # shellcheck disable=SC2046 # one word per symbol
    arm-none-eabi-ld --gc-sections -u "$2" -e "$2" $(stand_ins "$1") "$1" -o "$work/strict.elf" 2>"$work/errors" || status=$?
    if [ $status = 0 ]; then
        return 1
    fi
    if grep -v "undefined reference to \`$panic_callout'" "$work/errors" | grep -q 'undefined reference\|cannot\|error:'; then
        cat "$work/errors" >&2
        fail "$2 does not link"
    fi
    grep -q "undefined reference to \`$panic_callout'" "$work/errors" || fail "$2 does not link: $(cat "$work/errors")"
}

sites() {
    # shellcheck disable=SC2046
    arm-none-eabi-ld --gc-sections -u "$2" -e "$2" $(stand_ins "$1") --defsym="$panic_callout=0" "$1" -o "$work/sites.elf"
    python3 "$root/ffi-tests/cortex-m3/panic_sites.py" "$work/sites.elf"
}

checked=0
found=0
new=0

# strict <archive> <what>: no entry may reach a panic.
strict() {
    local entry count=0
    for entry in $(entries "$1"); do
        count=$((count + 1))
        if panics "$1" "$entry"; then
            printf '%s: %s reaches a panic:\n%s\n' "$2" "$entry" "$(sites "$1" "$entry" | sed 's/^/    /')"
            new=$((new + 1))
        fi
    done
    [ $count != 0 ] || fail "$2 exports nothing"
    printf '%s: %d entries\n' "$2" $count
    checked=$((checked + count))
}

# listed <archive> <what> [<pattern>]: entries, those that match, may reach the panics of the committed list.
listed() {
    local entry site count=0
    for entry in $(entries "$1" | grep -E "${3:-.}"); do
        count=$((count + 1))
        panics "$1" "$entry" || continue
        sites "$1" "$entry" >"$work/found"
        [ -s "$work/found" ] || fail "$entry reaches a panic whose place is not known"
        sed -i '\#^aes-[0-9.]*/src/soft/#d' "$work/found" # proved without elliptic curves
        while read -r site; do
            found=$((found + 1))
            printf '%s %s\n' "$entry" "$site" >>"$work/sites.txt"
        done <"$work/found"
    done
    [ $count != 0 ] || fail "$2 exports nothing"
    printf '%s: %d entries\n' "$2" $count
    checked=$((checked + count))
}

entries_archive=$folder/$triple/release/examples/libentries.a
library_archive=$folder/$triple/release/libv2gcrypt.a
: >"$work/sites.txt"

build unrolled -p v2gcrypt-primitives --example entries --no-default-features --features cipher,aead,kdf
panics "$entries_archive" Canary_Index || fail 'this test is blind: it does not see a panic that is there'
[[ $(sites "$entries_archive" Canary_Index) == *entries.rs:* ]] || fail 'this test is blind: it does not find the place of a panic'
strict "$entries_archive" 'primitives without elliptic curves'
build -p v2gcrypt-primitives --example entries --no-default-features --features ecdsa,cipher,aead,kdf
listed "$entries_archive" 'primitives with P-256'
# All curves, inlined like that, take a compiler the better part of an hour.
inlining='' build -p v2gcrypt-primitives --example entries --no-default-features --features p384,p521,ed25519
listed "$entries_archive" 'all elliptic curves' '^Entry_(Sign|Verify|Ec|Ed25519|X25519)'
build unrolled -p v2gcrypt --no-default-features --features csm,cryif,soft-symmetric
strict "$library_archive" 'library without elliptic curves'
build -p v2gcrypt --no-default-features --features csm,cryif,soft
listed "$library_archive" 'library'
exported=$(entries "$library_archive" | xargs)
# The HSM's firmware: both levels, management of keys, symmetric services.
firmware_archive=$folder/$triple/release/examples/libfirmware_entries.a
build unrolled -p v2gcrypt-hsm-firmware --example firmware_entries --no-default-features
strict "$firmware_archive" 'HSM firmware without elliptic curves'
build -p v2gcrypt-hsm-firmware --example firmware_entries --no-default-features --features p256
listed "$firmware_archive" 'HSM firmware'
store_archive=$folder/$triple/release/examples/libstore_entries.a
build unrolled -p v2gcrypt-hsm-firmware --example store_entries --no-default-features
strict "$store_archive" "the HSM's key store"
# KeyM alone: what it computes are jobs.
build -p v2gcrypt --no-default-features --features keym
strict "$library_archive" KeyM
exported+=" $(entries "$library_archive" | xargs)"
# The HSM's driver.
build unrolled -p v2gcrypt --no-default-features --features hsm
strict "$library_archive" 'HSM driver'

# A module that dropped out of the archive would pass unseen.
exported+=" $(entries "$library_archive" | xargs)"
for entry in Csm_Init Csm_SignatureVerify CryIf_ProcessJob V2gcrypt_Csm_MainFunction V2gcrypt_CryptoSoft_ProcessJob V2gcrypt_CryptoHsm_ProcessJob KeyM_Init \
    KeyM_MainBackgroundFunction KeyM_CsmJobFinished; do
    [[ " $exported " == *" $entry "* ]] || fail "the library does not export $entry"
done

sort -u -o "$work/sites.txt" "$work/sites.txt"
if [ -n "${V2GCRYPT_BLESS:-}" ]; then
    {
        echo '# Panics that an entry can still reach through the elliptic-curve engine or the parser of ASN.1. Checked by panic-link.sh; may only shrink.'
        cat "$work/sites.txt"
    } >"$list"
fi
grep -v '^#' "$list" | sort -u >"$work/allowed.txt" || true
comm -23 "$work/sites.txt" "$work/allowed.txt" >"$work/new.txt"
comm -13 "$work/sites.txt" "$work/allowed.txt" >"$work/gone.txt"
new=$((new + $(wc -l <"$work/new.txt")))
sed 's/^/new panic: /' "$work/new.txt"
sed 's/^/gone, take it off the list: /' "$work/gone.txt"
printf 'panic link test: %d entries linked, %d with a listed panic, %d new (%s)\n' "$checked" "$found" "$new" "$compiler"
[ $new = 0 ]
