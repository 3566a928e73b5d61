/* What the programs of the primitives share. See crypto-driver/primitives/examples/entries.rs. */
#ifndef PRIMITIVES_H
#define PRIMITIVES_H

#include "Std_Types.h"

typedef union
{
    uint8 bytes[4096];
} Room;

typedef union
{
    uint8 bytes[1280];
    uint64 alignment;
} Storage;

/* Prints a size, and ends the program when a Storage is too small for it. */
void Size(const char *name, uint32 size);

/* A case: measures what lies between, counts, and prints. */
void Begin(void);
void End(const char *name, boolean right);

/* Ciphers, AEAD, key derivation. */
void Symmetric(void);

#endif /* PRIMITIVES_H */
