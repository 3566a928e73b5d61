/* A driver in C that ends jobs when a test says: inside ProcessJob, from another thread, or in its main function. */
#ifndef FAKE_DRIVER_H
#define FAKE_DRIVER_H

#include "csm_config.h"

typedef enum
{
    FAKE_INSIDE,    /* reports inside ProcessJob */
    FAKE_MAIN,      /* reports in Fake_MainFunction */
    FAKE_ANYHOW     /* refuses, reports inside, early or late from a thread, after 0 to 50 ms */
} Fake_ModeType;

extern Fake_ModeType Fake_Mode;

/* Starts a thread for each job. */
void Fake_Start(void);

/* Waits for the threads to end. */
void Fake_Stop(void);

/* Reports what waits for it. */
void Fake_MainFunction(void);

/* Whether ProcessJob is about to be left with E_OK, or has not decided yet. */
boolean Fake_IsDeciding(uint32 jobId);

/* A random number below `limit`; each thread has a sequence of its own. */
uint32 Fake_Random(uint32 *state, uint32 limit);

#endif /* FAKE_DRIVER_H */
