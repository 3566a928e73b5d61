#!/usr/bin/env bash
# Plants each bug of seeded-bugs/ in a copy of the workspace and runs the tests of the soft driver, which have to fail.
# SEEDED_BUGS_EVERY=N: each Nth bug only.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/seeded-bugs-driver
copy=$work/workspace
export CARGO_TARGET_DIR=$work/target RUST_BACKTRACE=0

rm -rf "$copy"
mkdir -p "$copy"
tar -C "$root" --exclude=./target --exclude=./.git -cf - . | tar -C "$copy" -xmf -
cd "$copy"

build=(--quiet --locked -p v2gcrypt-crypto-driver --lib --test model --test objects --test keys --test refusals --test services
    --test texts --test signatures --test formats --test usage --test copies --test import --test key_states --test manage --test nvm --test nv_model --test residue
    --config profile.dev.debug=0)

# 0: passes, 1: fails, 2: does not compile
tests() {
    cargo test "${build[@]}" --no-run >"$work/log" 2>&1 || return 2
    timeout 300 cargo test "${build[@]}" >"$work/log" 2>&1 || return 1
}

if ! tests; then
    cat "$work/log"
    echo "the tests fail without any bug"
    exit 1
fi

every=${SEEDED_BUGS_EVERY:-1} number=0
bugs=0 caught=0
for bug in "$here"/seeded-bugs/*.patch; do
    number=$((number + 1))
    [ $((number % every)) -eq 0 ] || continue
    bugs=$((bugs + 1))
    name=$(basename "$bug" .patch)
    patch --quiet --strip=1 <"$bug" || { echo "$name: does not apply"; continue; }
    result=0
    tests || result=$?
    case $result in
        0) echo "$name: SURVIVED" ;;
        1)
            caught=$((caught + 1))
            test=$(sed -n 's/^    \([a-z0-9_]*\)$/\1/p' "$work/log" | head -n 1)
            echo "$name: caught by ${test:-a crash}"
            ;;
        *) echo "$name: does not compile" ; tail -n 20 "$work/log" ;;
    esac
    patch --quiet --strip=1 --reverse <"$bug"
done

echo "$bugs seeded bugs of $number, $caught caught"
[ "$((bugs * every))" -ge 20 ] && [ "$bugs" -eq "$caught" ]
