/* Every algorithm of services.arxml with a known answer, and how to call it. */
#ifndef SERVICES_H
#define SERVICES_H

#include "names.h"

/* Service of an algorithm. */
typedef enum
{
    SERVICE_HASH,
    SERVICE_MACGENERATE,
    SERVICE_MACVERIFY,
    SERVICE_SIGN,
    SERVICE_CHECK
} Services_KindType;

typedef struct
{
    const char *name;
    Services_KindType kind;
    uint32 syncJob;
    uint32 asyncJob;
    const uint8 *expected;
    uint32 length;
} Services_AlgorithmType;

extern const Services_AlgorithmType Services_Algorithms[];
extern const uint32 Services_Count;

/* What services write to. */
extern uint8 Services_Output[64];
extern uint32 Services_OutputLength;
extern Crypto_VerifyResultType Services_Verdict;

/* Puts canaries where services write. */
void Services_Reset(void);

/* Whether the canaries are still there. */
boolean Services_IsUntouched(void);

/* Whether the result is the expected one; a signature is checked with the other job. */
boolean Services_IsRight(const Services_AlgorithmType *algorithm);

/* One call of an algorithm's API with a job. A check compares with the first `length` bytes of `expected`. */
Std_ReturnType Services_Call(const Services_AlgorithmType *algorithm, uint32 job, Crypto_OperationModeType mode,
                             const uint8 *data, uint32 length);

/* The parts of the services program. */
void Services_TestKeys(void);
void Services_TestQueues(void);

#endif /* SERVICES_H */
