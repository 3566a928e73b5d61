# Sourced after toolchain.sh: C programs for the board, and their run in the emulator.

board=$root/ffi-tests/cortex-m3
folder=$root/target/cortex-m3
archives=$folder/$triple/release
out=$folder/programs
mkdir -p "$out"

machine_flags=(-mcpu=cortex-m3 -mthumb -fshort-enums)
warning_flags=(-std=c99 -Wall -Wextra -Werror -pedantic)
size_flags=(-Os -ffunction-sections -fdata-sections)
# Start-up code and newlib's hooks are not strict C99.
board_flags=(-std=gnu99 -Wall -Wextra -Werror "${size_flags[@]}")
include_flags=(-I "$root/include" -I "$root/include/platform" -I "$root/ffi-tests/demo" -I "$board" -I "$board/porting")

# What every program of the board may need, one object each: a program's own callout wins.
build_board() {
    local source object
    rm -rf "$out/board" && mkdir -p "$out/board"
    for source in "$board/board.c" "$board/porting/newlib.c" "$board"/callouts/*.c; do
        object=$out/board/$(basename "$source" .c).o
        run arm-none-eabi-gcc "${machine_flags[@]}" "${board_flags[@]}" "${include_flags[@]}" -c "$source" -o "$object"
    done
    rm -f "$out/libboard.a"
    run arm-none-eabi-ar rcs "$out/libboard.a" "$out"/board/*.o
}

# link_program <program> <archive> <compiler options and C files …>
link_program() {
    local program=$1 archive=$2
    shift 2
    # An option before a generated file must win over the fallbacks of include/platform.
    run arm-none-eabi-gcc "${machine_flags[@]}" "${warning_flags[@]}" "${size_flags[@]}" "$@" "${include_flags[@]}" \
        -Wl,--start-group "$archive" "$out/libboard.a" -lc -lgcc -Wl,--end-group \
        -nostartfiles --specs=nano.specs -Wl,--gc-sections -Wl,-z,noexecstack -Wl,-Map="$program.map" \
        -T "$board/mps2-an385.ld" -o "$program"
    run arm-none-eabi-size "$program"
}

# run_program <program> <file for its output>: one nanosecond per instruction, so times are instructions, and runs are equal.
run_program() {
    local status=0
    run timeout 300 qemu-system-arm -M mps2-an385 -nographic -monitor none -serial none -icount shift=0,sleep=off \
        -semihosting-config enable=on,target=native -kernel "$1" 2>&1 </dev/null | tee "$2" || status=$?
    [ $status = 0 ] || fail "$(basename "$1") ended with exit code $status"
}

# generate_configuration <folder> <arxml file …>, with the generator as the host builds it.
generate_configuration() {
    local to=$1
    shift
    rm -rf "$to"
    mkdir -p "$to"
    (cd "$root" && run cargo run --quiet --release -p v2gcrypt-cli -- generate "$@" --out "$to")
}
