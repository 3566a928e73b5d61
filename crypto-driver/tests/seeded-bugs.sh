#!/usr/bin/env bash
# Plants each bug of seeded-bugs/ in a copy of the workspace and runs the tests of the soft driver, which have to fail.
# With the argument `hsm`: those of hsm-seeded-bugs/ and the HSM driver.
# SEEDED_BUGS_EVERY=N: each Nth bug only, SEEDED_BUGS_SKIP=K: other ones.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
driver=${1:-soft}
work=$root/target/seeded-bugs-driver-$driver
copy=$work/workspace
export CARGO_TARGET_DIR=$work/target RUST_BACKTRACE=0

rm -rf "$copy"
mkdir -p "$copy"
tar -C "$root" --exclude=./target --exclude=./.git -cf - . | tar -C "$copy" -xmf -
cd "$copy"

build=(--quiet --locked -p v2gcrypt-crypto-driver --config profile.dev.debug=0)
case $driver in
    soft)
        patches=$here/seeded-bugs
        targets=(model objects keys refusals services texts signatures formats usage copies import key_states manage nvm nv_model residue)
        ;;
    hsm)
        patches=$here/hsm-seeded-bugs
        targets=(hsm_jobs hsm_mmio hsm_faults hsm_refusals hsm_residue hsm_model)
        build+=(--features hsm)
        ;;
esac

# tests <targets>. 0: they pass, 1: they fail, 2: they do not compile
tests() {
    local chosen=() target
    for target; do
        if [ "$target" = lib ]; then chosen+=(--lib); else chosen+=(--test "$target"); fi
    done
    cargo test "${build[@]}" "${chosen[@]}" --no-run >"$work/log" 2>&1 || return 2
    timeout 120 cargo test "${build[@]}" "${chosen[@]}" >"$work/log" 2>&1 || return 1
}

# The test that is known to notice the bug, then all of them.
tests_of() {
    local first
    first=$(sed -n "s/^$1 //p" "$patches/first.txt" 2>/dev/null || true)
    if [ -n "$first" ]; then
        tests "$first" || return $?
    fi
    tests lib "${targets[@]}"
}

if ! tests lib "${targets[@]}"; then
    cat "$work/log"
    echo "the tests fail without any bug"
    exit 1
fi

every=${SEEDED_BUGS_EVERY:-1} skip=${SEEDED_BUGS_SKIP:-0} number=0
bugs=0 caught=0
for bug in "$patches"/*.patch; do
    number=$((number + 1))
    [ $(((number + skip) % every)) -eq 0 ] || continue
    bugs=$((bugs + 1))
    name=$(basename "$bug" .patch)
    patch --quiet --strip=1 <"$bug" || { echo "$name: does not apply"; continue; }
    result=0
    tests_of "$name" || result=$?
    case $result in
        0) echo "$name: SURVIVED" ;;
        1)
            caught=$((caught + 1))
            test=$(sed -n 's/^    \([a-z0-9_]*\)$/\1/p' "$work/log" | head -n 1)
            target=$(grep -o -m 1 -e '--test [a-z_]*`' -e '--lib`' "$work/log" | tr -d '`' || true)
            echo "$name: caught by ${test:-a crash} (${target:-stopped})"
            ;;
        *) echo "$name: does not compile" ; tail -n 20 "$work/log" ;;
    esac
    patch --quiet --strip=1 --reverse <"$bug"
done

echo "$bugs seeded bugs of $number, $caught caught"
[ "$((bugs * every))" -ge 20 ] && [ "$bugs" -eq "$caught" ]
