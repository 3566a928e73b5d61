"""Prints the places (crate/file:line:column) of all panics that are left in a linked 32-bit little-endian ELF file.

A panic site passes a `core::panic::Location` {file, length, line, column}. The linker keeps only those of kept functions,
so what is found in the read-only data is what can still be reached. Needs a panic handler that keeps them.
"""

import re
import struct
import sys

SHT_PROGBITS, SHF_ALLOC = 1, 2


def sections(elf):
    offset, count = struct.unpack_from("<I", elf, 32)[0], struct.unpack_from("<H", elf, 48)[0]
    for index in range(count):
        _, kind, flags, address, start, size = struct.unpack_from("<6I", elf, offset + 40 * index)
        if kind == SHT_PROGBITS and flags & SHF_ALLOC:
            yield address, elf[start : start + size]


def sites(elf):
    memory = list(sections(elf))

    def read(address, length):
        for base, content in memory:
            if base <= address and address + length <= base + len(content):
                return content[address - base : address - base + length]
        return b""

    for _, content in memory:
        for at in range(0, len(content) - 15, 4):
            name, length, line, column = struct.unpack_from("<4I", content, at)
            if 4 < length < 400 and 0 < line < 100000 and 0 < column < 1000 and read(name, length).endswith(b".rs"):
                yield f"{short(read(name, length).decode())}:{line}:{column}"


def short(path):
    path = re.sub(r"^.*/registry/src/[^/]+/", "", path)
    return re.sub(r"^.*/library/(core|alloc)/", r"library/\1/", path)


for site in sorted(set(sites(open(sys.argv[1], "rb").read()))):
    print(site)
