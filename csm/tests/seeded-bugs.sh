#!/usr/bin/env bash
# Plants each bug of seeded-bugs/ in a copy of the workspace and runs the tests that have to fail: the model test for the state
# machine, those of arguments for the C interface.
# V2GCRYPT_MODEL_SCHEDULES: schedules per bug.
# SEEDED_BUGS_EVERY=N: each Nth bug only, SEEDED_BUGS_SKIP=K: other ones.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/seeded-bugs
copy=$work/workspace
export CARGO_TARGET_DIR=$work/target RUST_BACKTRACE=0
export V2GCRYPT_MODEL_SCHEDULES=${V2GCRYPT_MODEL_SCHEDULES:-20000}

rm -rf "$copy"
mkdir -p "$copy"
tar -C "$root" --exclude=./target --exclude=./.git -cf - . | tar -C "$copy" -xmf -
cd "$copy"

# Most bugs show after a few schedules, so it pays to compile fast.
build=(--quiet --locked -p v2gcrypt-csm
    --config profile.dev.debug=0 --config profile.dev.package.v2gcrypt-csm.opt-level=0)

model=(--test model)
arguments=(--test arguments --test keys --test more_services)

# run <tests>. 0: they pass, 1: they fail, 2: they do not compile
run() {
    cargo test "${build[@]}" "$@" --no-run >"$work/log" 2>&1 || return 2
    timeout 120 cargo test "${build[@]}" "$@" >"$work/log" 2>&1 || return 1
}

if ! run "${model[@]}" "${arguments[@]}"; then
    cat "$work/log"
    echo "the tests fail without any bug"
    exit 1
fi

every=${SEEDED_BUGS_EVERY:-1} skip=${SEEDED_BUGS_SKIP:-0} number=0
bugs=0 caught=0
for bug in "$here"/seeded-bugs/*.patch; do
    number=$((number + 1))
    [ $(((number + skip) % every)) -eq 0 ] || continue
    bugs=$((bugs + 1))
    name=$(basename "$bug" .patch)
    patch --quiet --strip=1 <"$bug" || { echo "$name: does not apply"; continue; }
    tests=("${model[@]}")
    if grep -q '^+++ b/csm/src/ffi/' "$bug"; then
        tests=("${arguments[@]}")
    fi
    result=0
    run "${tests[@]}" || result=$?
    case $result in
        0) echo "$name: SURVIVED" ;;
        1)
            caught=$((caught + 1))
            test=$(sed -n 's/^    \([a-z0-9_]*\)$/\1/p' "$work/log" | tail -n 1)
            how=$(grep -m 1 -o 'seed [0-9]*' "$work/log" || true)
            echo "$name: caught by ${test:-a test that died}${how:+, $how}"
            ;;
        *) echo "$name: does not compile" ; tail -n 20 "$work/log" ;;
    esac
    patch --quiet --strip=1 --reverse <"$bug"
done

echo "$bugs seeded bugs of $number, $caught caught"
[ "$((bugs * every))" -ge 20 ] && [ "$bugs" -eq "$caught" ]
