/* Job records as a Csm would hand them down, each with its own description. */
#ifndef TABLE_JOBS_H
#define TABLE_JOBS_H

#include "table.h"

typedef struct
{
    Crypto_ServiceInfoType service;
    Crypto_AlgorithmFamilyType family;
    Crypto_AlgorithmFamilyType secondaryFamily;
    Crypto_AlgorithmModeType mode;
    uint32 keyLength;
    uint32 cryIfKeyId;
    uint32 cryptoKeyId;
} Jobs_KindType;

extern const Jobs_KindType Jobs_Hash;
extern const Jobs_KindType Jobs_Generate;
extern const Jobs_KindType Jobs_Verify;
extern const Jobs_KindType Jobs_Sign;
extern const Jobs_KindType Jobs_Check;
extern const Jobs_KindType Jobs_Random;

/* A fresh synchronous record, SINGLECALL over 40 bytes, with every buffer its service needs. The same record each time. */
Crypto_JobType *Jobs_Make(const Jobs_KindType *kind);

/* The same with one thing changed. */
Crypto_JobType *Jobs_WithMode(const Jobs_KindType *kind, Crypto_OperationModeType mode);
Crypto_JobType *Jobs_WithoutInfo(void);
Crypto_JobType *Jobs_WithoutPrimitive(void);
Crypto_JobType *Jobs_WithInput(const Jobs_KindType *kind, const uint8 *input, uint32 length);
Crypto_JobType *Jobs_WithSecondary(const Jobs_KindType *kind, const uint8 *secondary, uint32 length);
Crypto_JobType *Jobs_WithOutput(const Jobs_KindType *kind, uint8 *output, uint32 *length);
Crypto_JobType *Jobs_WithVerdict(const Jobs_KindType *kind, Crypto_VerifyResultType *verdict);
Crypto_JobType *Jobs_WithKey(const Jobs_KindType *kind, uint32 key);

#endif /* TABLE_JOBS_H */
