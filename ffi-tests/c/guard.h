/* Buffers that end, or begin, at a page that nobody may touch. */
#ifndef GUARD_H
#define GUARD_H

#include "Std_Types.h"

/* Pages with a guard on both sides. */
typedef enum
{
    GUARD_DATA,
    GUARD_SECONDARY,
    GUARD_OUTPUT,
    GUARD_LENGTH,
    GUARD_VERIFY,
    GUARD_PAGES
} Guard_PageType;

#define GUARD_CANARY 0xA5U

/* `front`: buffers begin behind a guard; else they end before one. */
void Guard_Init(boolean front);

/* `length` bytes of a page, flush with the guard. */
uint8 *Guard_Buffer(Guard_PageType page, uint32 length);

/* The same, with these bytes in it. */
const uint8 *Guard_Input(Guard_PageType page, const uint8 *bytes, uint32 length);

/* Fills the page with canaries. */
void Guard_Reset(Guard_PageType page);

/* Whether the whole page still holds canaries, but for the `length` bytes at `except`. */
boolean Guard_IsIntact(Guard_PageType page, const uint8 *except, uint32 length);

#endif /* GUARD_H */
