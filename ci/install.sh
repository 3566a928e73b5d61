#!/usr/bin/env bash
# Installs what the tests use beyond Rust and a C compiler. For Debian; elsewhere it tells what is missing.
set -euo pipefail

packages=(patch openssl libssl-dev python3 clang cppcheck valgrind gcc-multilib g++ rustc-web cargo-web rust-web-src gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm)

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ "${1:-}" = --check ]; then # tells, and installs nothing
    echo "not installed: ${missing[*]:-nothing}"
    [ ${#missing[@]} -eq 0 ]
    exit
fi
if [ ${#missing[@]} -eq 0 ]; then
    echo "all packages are installed"
    exit 0
fi
echo "installing: ${missing[*]}"
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
as_root apt-get update -q
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
