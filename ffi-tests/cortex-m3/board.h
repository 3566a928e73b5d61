/* The little that the programs need of a board. */
#ifndef BOARD_H
#define BOARD_H

#include "Std_Types.h"

/* Prints by semihosting. */
void Board_Print(const char *text);
void Board_PrintNumber(uint32 value);

/* Ends the emulator with this exit code. */
void Board_Exit(uint32 code) __attribute__((noreturn));

/* A counter of 25 MHz that wraps. */
uint32 Board_Ticks(void);
#define BOARD_TICKS_PER_MICRO 25U

/* Forgets what the stack was used for until now. */
void Board_StackPaint(void);

/* Bytes of stack used at the deepest since Board_StackPaint, below its caller. */
uint32 Board_StackPeak(void);

#endif /* BOARD_H */
