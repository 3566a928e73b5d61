# Sourced after toolchain.sh: links entries of an archive without a basic software.

panic_callout=V2gcrypt_PanicCallout

# Functions that the archive exports under one of our names.
entries() {
    arm-none-eabi-nm --defined-only "$1" 2>/dev/null | awk '$2 == "T" && $3 ~ /^(Csm_|CryIf_|KeyM_|V2gcrypt_|Entry_)/ { print $3 }' | sort -u
}

# Options that define what a real basic software or generated C does, but for the panic callout.
stand_ins() {
    local undefined defined
    undefined=$(arm-none-eabi-nm --undefined-only "$1" 2>/dev/null | awk 'NF == 2 { print $2 }' | sort -u)
    defined=$(arm-none-eabi-nm --defined-only "$1" 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u)
    comm -23 <(printf '%s\n' "$undefined") <(printf '%s\n' "$defined") | { grep -v -x "$panic_callout" || true; } | sed 's/.*/--defsym=&=0/'
}
