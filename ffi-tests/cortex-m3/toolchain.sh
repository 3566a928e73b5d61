# Sourced by the scripts beside its folder: the bare-metal tools, from distribution packages only, and how they are called.
# Versions are read, not pinned: the packages' move.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
triple=thumbv7m-none-eabi

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

run() {
    printf '+ %s\n' "$*"
    "$@"
}

# The compilers and cargo of the distribution, of one version with the source of core: build-std needs that.
distribution_rustc=/usr/bin/rustc
distribution_cargo=/usr/bin/cargo

missing_packages() {
    local rust_sources
    if [ -x "$distribution_rustc" ]; then
        rust_sources=$("$distribution_rustc" --print sysroot)/lib/rustlib/src/rust/library/core
    fi
    if [ ! -x "$distribution_rustc" ] || [ ! -x "$distribution_cargo" ] || [ ! -e "${rust_sources:-/nowhere}" ]; then
        if apt-cache show rustc-web >/dev/null 2>&1; then
            echo rustc-web cargo-web rust-web-src
        else
            echo rustc cargo rust-src
        fi
    fi
    command -v arm-none-eabi-gcc >/dev/null || echo gcc-arm-none-eabi
    [ -n "$(find /usr/lib/arm-none-eabi -name nano.specs -print -quit 2>/dev/null)" ] || echo libnewlib-arm-none-eabi
    [ "${1:-}" != qemu ] || command -v qemu-system-arm >/dev/null || echo qemu-system-arm
    command -v python3 >/dev/null || echo python3-minimal
}

# install_tools [qemu]
install_tools() {
    local packages
    if [ -n "$(missing_packages "${1:-}")" ]; then
        command -v apt-get >/dev/null || fail "missing: $(missing_packages "${1:-}" | xargs). This script installs them with apt-get only."
        [ "$(id -u)" = 0 ] || fail "missing: $(missing_packages "${1:-}" | xargs). Run this script as root, or install them: apt-get install <those>"
        run apt-get update -qq
        packages=$(missing_packages "${1:-}" | xargs)
        # shellcheck disable=SC2086 # one word per package
        DEBIAN_FRONTEND=noninteractive run apt-get install -y -qq --no-install-recommends $packages
        [ -z "$(missing_packages "${1:-}")" ] || fail "still missing after apt-get install: $(missing_packages "${1:-}" | xargs)"
    fi
    # What a rustup or a calling cargo has set is not meant for this compiler.
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET CARGO_TARGET_DIR RUSTC_WRAPPER RUSTUP_TOOLCHAIN RUSTC CARGO V2GCRYPT_ENUM_WIDTH
    compiler=$("$distribution_rustc" --version)
    printf 'compiler: %s\n' "$compiler"
    printf 'linker:   %s\n' "$(arm-none-eabi-gcc --version | head -n 1)"
    [ "${1:-}" != qemu ] || printf 'emulator: %s\n' "$(qemu-system-arm --version | head -n 1)"
}

# target_cargo <target folder> <arguments of cargo build …>; RUSTFLAGS of the caller apply.
target_cargo() {
    local folder=$1
    shift
    (
        cd "$root"
        export RUSTC_BOOTSTRAP=1 RUSTC=$distribution_rustc
        run "$distribution_cargo" build --quiet --release --target "$triple" --target-dir "$folder" \
            -Zbuild-std=core,compiler_builtins -Zbuild-std-features=compiler-builtins-mem "$@"
    )
}
