/* The runnables of the software component in swc.c, for whoever schedules it. */
#ifndef SWC_H
#define SWC_H

#include "Std_Types.h"

/* Loads the keys through their ports. */
void Swc_Init(void);

/* One step; to be called periodically. */
void Swc_Run(void);

/* Whether every step has been taken. */
boolean Swc_IsDone(void);

#endif /* SWC_H */
