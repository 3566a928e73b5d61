/* A Crypto driver that is not ours, as small as it can be. Own_Engine stands for the hardware. On a real ECU an exclusive area
 * guards Own_Job and Own_Keys. */
#include "Crypto_77_Own.h"
#include "CryIf_Cbk.h"

#define OWN_KEYS 3U
#define OWN_KEY_LENGTH 64U

typedef struct
{
    uint8 value[OWN_KEY_LENGTH];
    boolean valid;
} Own_KeyType;

static Own_KeyType Own_Keys[OWN_KEYS];
static Crypto_JobType *Own_Job; /* accepted, not yet reported; NULL_PTR: the driver object is free */
static Crypto_JobType *Own_Taken; /* computed or reported just now: too late to cancel */

/* No cryptography: "genuine" is a signature that begins with the first byte of the key. */
static Crypto_VerifyResultType Own_Engine(const Own_KeyType *key, const uint8 *signature)
{
    return (signature[0] == key->value[0]) ? CRYPTO_E_VER_OK : CRYPTO_E_VER_NOT_OK;
}

void Crypto_77_Own_Init(void)
{
    uint32 i;
    Own_Job = NULL_PTR;
    Own_Taken = NULL_PTR;
    for (i = 0U; i < OWN_KEYS; i++)
    {
        Own_Keys[i].valid = FALSE;
    }
}

Std_ReturnType Crypto_77_Own_ProcessJob(uint32 objectId, Crypto_JobType *job)
{
    const Crypto_JobPrimitiveInfoType *info = job->jobPrimitiveInfo;
    (void)objectId; /* there is one */
    if ((info->primitiveInfo->service != CRYPTO_SIGNATUREVERIFY) || (info->processingType != CRYPTO_PROCESSING_ASYNC) ||
        (job->jobPrimitiveInputOutput.mode != CRYPTO_OPERATIONMODE_SINGLECALL))
    {
        return E_NOT_OK;
    }
    if (job->cryptoKeyId >= OWN_KEYS)
    {
        return E_NOT_OK;
    }
    if (Own_Keys[job->cryptoKeyId].valid == FALSE)
    {
        return CRYPTO_E_KEY_NOT_VALID;
    }
    if (Own_Job != NULL_PTR)
    {
        return CRYPTO_E_BUSY; /* Csm keeps the job in its queue, and asks again from its main function */
    }
    Own_Job = job;
    Own_Taken = NULL_PTR; /* Csm has the report of the job before: a callback may be what calls here */
    return E_OK; /* accepted: one report will come */
}

void Crypto_77_Own_MainFunction(void)
{
    Crypto_JobType *job = Own_Job;
    if (job != NULL_PTR)
    {
        const Crypto_JobPrimitiveInputOutputType *io = &job->jobPrimitiveInputOutput;
        Crypto_ResultType result = CRYPTO_E_KEY_NOT_VALID; /* the key may have been set meanwhile */
        Own_Taken = job;
        if (Own_Keys[job->cryptoKeyId].valid == TRUE)
        {
            result = E_NOT_OK;
            if (io->secondaryInputLength == 64U)
            {
                *io->verifyPtr = Own_Engine(&Own_Keys[job->cryptoKeyId], io->secondaryInputPtr);
                result = E_OK;
            }
        }
        Own_Job = NULL_PTR; /* first: the callback may start the next job */
        CryIf_CallbackNotification(job, result);
        Own_Taken = NULL_PTR;
    }
}

Std_ReturnType Crypto_77_Own_CancelJob(uint32 objectId, Crypto_JobType *job)
{
    (void)objectId;
    if (Own_Taken == job)
    {
        return E_NOT_OK; /* its report comes: after E_OK it would end the job's next request */
    }
    if (Own_Job == job)
    {
        Own_Job = NULL_PTR; /* cancelled: Csm makes the callback, the driver reports no more */
    }
    return E_OK;
}

Std_ReturnType Crypto_77_Own_KeyElementSet(uint32 cryptoKeyId, uint32 keyElementId, const uint8 *keyPtr, uint32 keyLength)
{
    uint32 i;
    if (cryptoKeyId >= OWN_KEYS)
    {
        return E_NOT_OK;
    }
    if (keyElementId != CRYPTO_KE_SIGNATURE_KEY)
    {
        return CRYPTO_E_KEY_NOT_AVAILABLE;
    }
    if (keyLength != OWN_KEY_LENGTH)
    {
        return CRYPTO_E_KEY_SIZE_MISMATCH;
    }
    Own_Keys[cryptoKeyId].valid = FALSE;
    for (i = 0U; i < OWN_KEY_LENGTH; i++)
    {
        Own_Keys[cryptoKeyId].value[i] = keyPtr[i];
    }
    return E_OK;
}

Std_ReturnType Crypto_77_Own_KeyElementGet(uint32 cryptoKeyId, uint32 keyElementId, uint8 *resultPtr, uint32 *resultLengthPtr)
{
    (void)cryptoKeyId;
    (void)keyElementId;
    (void)resultPtr;
    (void)resultLengthPtr;
    return CRYPTO_E_KEY_READ_FAIL; /* never leaves the hardware */
}

static Std_ReturnType Own_SetValid(uint32 cryptoKeyId, boolean valid)
{
    if (cryptoKeyId >= OWN_KEYS)
    {
        return E_NOT_OK;
    }
    Own_Keys[cryptoKeyId].valid = valid;
    return E_OK;
}

Std_ReturnType Crypto_77_Own_KeySetValid(uint32 cryptoKeyId)
{
    return Own_SetValid(cryptoKeyId, TRUE);
}

Std_ReturnType Crypto_77_Own_KeySetInvalid(uint32 cryptoKeyId)
{
    return Own_SetValid(cryptoKeyId, FALSE);
}

Std_ReturnType Crypto_77_Own_KeyGetStatus(uint32 cryptoKeyId, Crypto_KeyStatusType *keyStatusPtr)
{
    if (cryptoKeyId >= OWN_KEYS)
    {
        return E_NOT_OK;
    }
    *keyStatusPtr = (Own_Keys[cryptoKeyId].valid == TRUE) ? CRYPTO_KEYSTATUS_VALID : CRYPTO_KEYSTATUS_INVALID;
    return E_OK;
}
