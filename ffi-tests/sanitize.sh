#!/bin/sh
# Builds and runs every C program again: under AddressSanitizer and UBSan (the C side is instrumented), then under valgrind with a
# leak check. The tests' own assertions hold as well.
set -eu
cd "$(dirname "$0")/.."

ran=$(mktemp)
trap 'rm -f "$ran"' EXIT

tests="--test dcm --test demo --test doubles --test hsm --test keym --test link --test openssl --test own_driver --test parallel --test rte --test services --test table --test wycheproof"
existing=""
for word in $tests; do
    case $word in
    --test) ;;
    *) [ -f "ffi-tests/tests/$word.rs" ] || [ -f "ffi-tests/tests/$word/main.rs" ] && existing="$existing --test $word" ;;
    esac
done

pass() {
    : >"$ran"
    echo "== $1"
    # shellcheck disable=SC2086 # a list of words
    env V2GCRYPT_RAN="$ran" "$2=$3" cargo test -q -p v2gcrypt-ffi-tests $existing
    echo "$1: $(wc -l <"$ran") programs ran, none with a finding"
}

export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
pass "AddressSanitizer and UBSan" V2GCRYPT_C_FLAGS \
    "-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"

if command -v valgrind >/dev/null; then
    pass "valgrind" V2GCRYPT_RUNNER "valgrind --quiet --error-exitcode=1 --leak-check=full --fair-sched=yes --suppressions=$PWD/ffi-tests/valgrind.supp"
elif [ -n "${V2GCRYPT_REQUIRE_TOOLS:-}" ]; then
    echo "valgrind is not installed" >&2
    exit 1
else
    echo "valgrind is not installed: left out"
fi
