#!/usr/bin/env bash
# ci/mutants.sh [csm|cryif|key-store|keym-path]... [-- arguments of cargo mutants]
#
# Changes the code in one place at a time; the tests of its package have to notice 85 % of the changes, 90 % of those to what judges
# chains. docs/mutants.md tells of those that nobody notices. A sample, when time is short:
# ci/mutants.sh key-store -- --shard 0/4 --sharding round-robin
set -euo pipefail
cd "$(dirname "$0")/.."

parts=()
while [ $# -gt 0 ]; do
    case $1 in
        csm | cryif | key-store | keym-path) parts+=("$1") ;;
        --) shift; break ;;
        *) sed -n '2s/^# //p' "$0" >&2; exit 2 ;;
    esac
    shift
done
[ ${#parts[@]} -gt 0 ] || parts=(cryif csm key-store keym-path)

cargo mutants --version >/dev/null 2>&1 || cargo install --locked cargo-mutants

# Each change is built and tested afresh: what costs time and finds nothing more is left out. Random schedules find what they
# find within the first few hundred.
export CARGO_PROFILE_DEV_DEBUG=0 V2GCRYPT_MODEL_SCHEDULES=${V2GCRYPT_MODEL_SCHEDULES:-1000}

lines() { cat "$@" 2>/dev/null | wc -l; }

failed=0
for part in "${parts[@]}"; do
    arguments=() tests=() goal=85
    case $part in
        csm) arguments=(-p v2gcrypt-csm --cargo-arg=--config=profile.dev.package.v2gcrypt-csm.opt-level=0) ;;
        cryif) arguments=(-p v2gcrypt-cryif) ;;
        key-store)
            V2GCRYPT_MODEL_SCHEDULES=400
            arguments=(-p v2gcrypt-crypto-driver)
            for file in keys.rs manage.rs 'manage/*.rs' 'nv/*.rs' ffi/{key,key_services,manage,copy,nv}.rs; do
                arguments+=(--file "crypto-driver/src/soft/$file")
            done
            tests=(--lib)
            for test in copies import key_states keys manage nv_model nvm power_cut refusals services; do
                tests+=(--test "$test")
            done
            # Thousands of power cuts and flipped bits, each followed by a signature.
            tests+=(-- --skip a_cut_at_any_byte --skip every_flipped_bit)
            ;;
        keym-path)
            goal=90
            arguments=(-p v2gcrypt-keym)
            for file in path.rs 'path/*.rs' profile.rs 'profile/*.rs' revocation.rs 'revocation/*.rs'; do
                arguments+=(--file "keym/src/$file")
            done
            # Each bit flipped: tens of thousands of chains.
            tests=(--test chains -- --skip flips)
            ;;
    esac
    out=target/mutants/$part
    mkdir -p "$out"
    code=0
    cargo mutants -j1 --test-tool cargo --timeout 60 --colors never --output "$out" "${arguments[@]}" "$@" -- "${tests[@]}" || code=$?
    # 2: some are missed, 3: some run for ever.
    case $code in 0 | 2 | 3) ;; *) echo "$part: cargo mutants failed with $code"; exit 1 ;; esac

    results=$out/mutants.out
    caught=$(lines "$results/caught.txt") missed=$(lines "$results/missed.txt")
    timeout=$(lines "$results/timeout.txt") unviable=$(lines "$results/unviable.txt")
    viable=$((caught + missed + timeout))
    # A test that does not end is noticed, too.
    noticed=$((caught + timeout))
    echo "$part: $viable viable mutants: $caught caught, $timeout timed out, $missed missed; $unviable do not compile"
    if [ "$viable" -eq 0 ] || [ $((noticed * 100)) -lt $((viable * goal)) ]; then
        echo "$part: less than $goal % caught"
        failed=1
    fi
done
exit "$failed"
