#!/usr/bin/env bash
# Plants each bug of seeded-bugs/ in a copy of the workspace and runs the tests of the firmware and its key store, which have to fail.
# The exhaustive power cuts are sampled (V2GCRYPT_CUTS_EVERY).
# SEEDED_BUGS_EVERY=N: each Nth bug only, SEEDED_BUGS_SKIP=K: other ones.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$root/target/seeded-bugs-hsm-store
copy=$work/workspace
export CARGO_TARGET_DIR=$work/target RUST_BACKTRACE=0 V2GCRYPT_CUTS_EVERY=${V2GCRYPT_CUTS_EVERY:-5}

rm -rf "$copy"
mkdir -p "$copy"
tar -C "$root" --exclude=./target --exclude=./.git -cf - . | tar -C "$copy" -xmf -
cd "$copy"

build=(--quiet --locked -p v2gcrypt-hsm-firmware --config profile.dev.debug=0)

# 0: they pass, 1: they fail, 2: they do not compile. The quick ones first.
tests() {
    cargo test "${build[@]}" --lib --test firmware --test parallel --test store --test tamper --test model --test power_cut --no-run >"$work/log" 2>&1 || return 2
    local target
    for target in "--lib" "--test firmware" "--test parallel" "--test store" "--test tamper" "--test model" "--test power_cut"; do
        # shellcheck disable=SC2086 # two words
        timeout 600 cargo test "${build[@]}" $target >"$work/log" 2>&1 || return 1
    done
}

if ! tests; then
    cat "$work/log"
    echo "the tests fail without any bug"
    exit 1
fi

every=${SEEDED_BUGS_EVERY:-1} skip=${SEEDED_BUGS_SKIP:-0} number=0
bugs=0 caught=0
for bug in "$here"/seeded-bugs/{03,13,24,31,32,33,34,35}-*.patch; do
    number=$((number + 1))
    [ $(((number + skip) % every)) -eq 0 ] || continue
    bugs=$((bugs + 1))
    name=$(basename "$bug" .patch)
    patch --quiet --strip=1 <"$bug" || { echo "$name: does not apply"; continue; }
    result=0
    tests || result=$?
    case $result in
        0) echo "$name: SURVIVED" ;;
        1)
            caught=$((caught + 1))
            test=$(sed -n 's/^    \([a-z0-9_:]*\)$/\1/p' "$work/log" | head -n 1)
            echo "$name: caught by ${test:-a crash}"
            ;;
        *) echo "$name: does not compile" ; tail -n 20 "$work/log" ;;
    esac
    patch --quiet --strip=1 --reverse <"$bug"
done

echo "$bugs seeded bugs of $number, $caught caught"
[ "$bugs" -eq "$caught" ]
