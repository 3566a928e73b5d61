/* Job records as a Csm would hand them down, each with its own description. */
#include "table_jobs.h"

#include <string.h>

#define NO_KEY 0xFFFFFFFFU

const Jobs_KindType Jobs_Hash = {CRYPTO_HASH, CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOFAM_NOT_SET, CRYPTO_ALGOMODE_NOT_SET,
                                 0U, NO_KEY, NO_KEY};
const Jobs_KindType Jobs_Generate = {CRYPTO_MACGENERATE, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOFAM_NOT_SET, CRYPTO_ALGOMODE_CMAC,
                                     128U, CryIfConf_CryIfKey_Cmac128Key, CryptoConf_CryptoKey_Cmac128Key};
const Jobs_KindType Jobs_Verify = {CRYPTO_MACVERIFY, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOFAM_NOT_SET, CRYPTO_ALGOMODE_CMAC,
                                   128U, CryIfConf_CryIfKey_Cmac128Key, CryptoConf_CryptoKey_Cmac128Key};
const Jobs_KindType Jobs_Sign = {CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_SHA2_256,
                                 CRYPTO_ALGOMODE_NOT_SET, 256U, CryIfConf_CryIfKey_SignKey, CryptoConf_CryptoKey_SignKey};
const Jobs_KindType Jobs_Check = {CRYPTO_SIGNATUREVERIFY, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_SHA2_256,
                                  CRYPTO_ALGOMODE_NOT_SET, 256U, CryIfConf_CryIfKey_VerifyKey, CryptoConf_CryptoKey_VerifyKey};
const Jobs_KindType Jobs_Random = {CRYPTO_RANDOMGENERATE, CRYPTO_ALGOFAM_RNG, CRYPTO_ALGOFAM_NOT_SET, CRYPTO_ALGOMODE_NOT_SET,
                                   0U, NO_KEY, NO_KEY};

/* The descriptions are constant for everybody but this file, which writes them as a whole. */
static union
{
    Crypto_PrimitiveInfoType info;
    uint8 bytes[sizeof(Crypto_PrimitiveInfoType)];
} Primitive;
static Crypto_JobPrimitiveInfoType Info;
static union
{
    Crypto_JobType job;
    uint8 bytes[sizeof(Crypto_JobType)];
} Record;

Crypto_JobType *Jobs_Make(const Jobs_KindType *kind)
{
    const Crypto_PrimitiveInfoType primitive = {
        kind->service, {kind->family, kind->secondaryFamily, kind->keyLength, kind->mode}};
    Crypto_JobPrimitiveInputOutputType *const io = &Record.job.jobPrimitiveInputOutput;
    (void)memcpy(Primitive.bytes, &primitive, sizeof(primitive));
    Info.callbackId = 0xFFFFFFFFU;
    Info.primitiveInfo = &Primitive.info;
    Info.cryIfKeyId = kind->cryIfKeyId;
    Info.processingType = CRYPTO_PROCESSING_SYNC;
    (void)memset(Record.bytes, 0, sizeof(Record.bytes));
    Record.job.jobPrimitiveInfo = &Info;
    Record.job.cryptoKeyId = kind->cryptoKeyId;
    io->mode = SINGLECALL;
    if (kind->service != CRYPTO_RANDOMGENERATE)
    {
        io->inputPtr = Table_In(40U);
        io->inputLength = 40U;
    }
    if (kind->service == CRYPTO_MACVERIFY)
    {
        io->secondaryInputPtr = Table_Secondary(Vector_Cmac128, 16U);
        io->secondaryInputLength = 128U;
        io->verifyPtr = Table_Verdict();
    }
    else if (kind->service == CRYPTO_SIGNATUREVERIFY)
    {
        io->secondaryInputPtr = Table_Secondary(Vector_SampleSignature, 64U);
        io->secondaryInputLength = 64U;
        io->verifyPtr = Table_Verdict();
    }
    else
    {
        io->outputPtr = Table_Out(64U);
        io->outputLengthPtr = Table_Room(64U);
    }
    return &Record.job;
}

Crypto_JobType *Jobs_WithMode(const Jobs_KindType *kind, Crypto_OperationModeType mode)
{
    Crypto_JobType *const job = Jobs_Make(kind);
    job->jobPrimitiveInputOutput.mode = mode;
    return job;
}

Crypto_JobType *Jobs_WithoutInfo(void)
{
    Crypto_JobType *const job = Jobs_Make(&Jobs_Hash);
    job->jobPrimitiveInfo = NULL_PTR;
    return job;
}

Crypto_JobType *Jobs_WithoutPrimitive(void)
{
    Crypto_JobType *const job = Jobs_Make(&Jobs_Hash);
    Info.primitiveInfo = NULL_PTR;
    return job;
}

Crypto_JobType *Jobs_WithInput(const Jobs_KindType *kind, const uint8 *input, uint32 length)
{
    Crypto_JobType *const job = Jobs_Make(kind);
    job->jobPrimitiveInputOutput.inputPtr = input;
    job->jobPrimitiveInputOutput.inputLength = length;
    return job;
}

Crypto_JobType *Jobs_WithSecondary(const Jobs_KindType *kind, const uint8 *secondary, uint32 length)
{
    Crypto_JobType *const job = Jobs_Make(kind);
    job->jobPrimitiveInputOutput.secondaryInputPtr = secondary;
    job->jobPrimitiveInputOutput.secondaryInputLength = length;
    return job;
}

Crypto_JobType *Jobs_WithOutput(const Jobs_KindType *kind, uint8 *output, uint32 *length)
{
    /* A length word of the row itself: Jobs_Make would set the shared one again. */
    const uint32 room = (length != NULL_PTR) ? *length : 64U;
    Crypto_JobType *const job = Jobs_Make(kind);
    job->jobPrimitiveInputOutput.outputPtr = output;
    Table_Watch(output);
    job->jobPrimitiveInputOutput.outputLengthPtr = (length != NULL_PTR) ? Table_Room(room) : NULL_PTR;
    return job;
}

Crypto_JobType *Jobs_WithVerdict(const Jobs_KindType *kind, Crypto_VerifyResultType *verdict)
{
    Crypto_JobType *const job = Jobs_Make(kind);
    job->jobPrimitiveInputOutput.verifyPtr = verdict;
    return job;
}

Crypto_JobType *Jobs_WithKey(const Jobs_KindType *kind, uint32 key)
{
    Crypto_JobType *const job = Jobs_Make(kind);
    Info.cryIfKeyId = key;
    job->cryptoKeyId = key;
    return job;
}
