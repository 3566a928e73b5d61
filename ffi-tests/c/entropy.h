/* Entropy that a test can take away. */
#ifndef ENTROPY_H
#define ENTROPY_H

#include "Std_Types.h"

/* Bytes until the callout fails. */
extern uint32 Entropy_Left;
extern uint32 Entropy_Calls;

#endif /* ENTROPY_H */
