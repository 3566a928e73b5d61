/* The stack of services.arxml: started, keys loaded, its schedule. */
#ifndef STACK_H
#define STACK_H

#include "names.h"

/* Initialises all modules, from the bottom up. */
void Stack_Init(void);

/* Loads every key with a known value and makes it valid. */
void Stack_LoadKeys(void);

/* Calls every main function a few times. */
void Stack_Run(void);

/* Writes element 1 of a key, and makes the key valid. */
Std_ReturnType Stack_LoadKey(uint32 keyId, const uint8 *key, uint32 length);

#endif /* STACK_H */
