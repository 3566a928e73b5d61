#!/usr/bin/env bash
# Plants each bug of seeded-bugs/ in a copy of the workspace and runs the model test, which has to fail.
# V2GCRYPT_MODEL_SCHEDULES: schedules per bug.
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
build=(--quiet --locked -p v2gcrypt-csm --test model
    --config profile.dev.debug=0 --config profile.dev.package.v2gcrypt-csm.opt-level=0)

# 0: passes, 1: fails, 2: does not compile
model_test() {
    cargo test "${build[@]}" --no-run >"$work/log" 2>&1 || return 2
    timeout 120 cargo test "${build[@]}" >"$work/log" 2>&1 || return 1
}

if ! model_test; then
    cat "$work/log"
    echo "the model test fails without any bug"
    exit 1
fi

bugs=0 caught=0
for bug in "$here"/seeded-bugs/*.patch; do
    bugs=$((bugs + 1))
    name=$(basename "$bug" .patch)
    patch --quiet --strip=1 <"$bug" || { echo "$name: does not apply"; continue; }
    result=0
    model_test || result=$?
    case $result in
        0) echo "$name: SURVIVED" ;;
        1)
            caught=$((caught + 1))
            test=$(sed -n 's/^    \([a-z0-9_]*\)$/\1/p' "$work/log" | tail -n 1)
            how=$(grep -m 1 -o 'seed [0-9]*' "$work/log" || echo "it died")
            echo "$name: caught by model::${test:-?}, $how"
            ;;
        *) echo "$name: does not compile" ; tail -n 20 "$work/log" ;;
    esac
    patch --quiet --strip=1 --reverse <"$bug"
done

echo "$bugs seeded bugs, $caught caught"
[ "$bugs" -ge 20 ] && [ "$bugs" -eq "$caught" ]
