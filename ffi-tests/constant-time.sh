#!/usr/bin/env bash
# Runs the soft driver under valgrind with its secrets marked undefined: with the engines of hosts, then with those of targets.
set -euo pipefail
cd "$(dirname "$0")/constant-time"

for engines in host ""; do
    printf '\n--- engines: %s\n' "${engines:-targets (RustCrypto)}"
    cargo run --quiet --release ${engines:+--features "$engines"}
done
