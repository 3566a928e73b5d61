/* What the demo needs of a platform. */
#ifndef DEMO_PORT_H
#define DEMO_PORT_H

#include "Std_Types.h"

/* Prints a text. */
void Demo_Print(const char *text);

/* Microseconds since some moment; 0 for ever on a platform without a clock. */
uint32 Demo_Micros(void);

#endif /* DEMO_PORT_H */
