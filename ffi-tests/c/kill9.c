/* Imports one contract key after the other, until it is killed; or says which key is there, and whether it signs.
 *
 *     kill9 import <keys> <next>     "b<n>" before and "e<n>" after the import of key n
 *     kill9 check <keys>             "<n>": the contract key is key n and signs; "none": there is no key
 *
 * <keys> is a file: the provisioning key, a scalar of P-256; then of each contract key a scalar, its public key 04 ‖ X ‖ Y,
 * and what a station sends of it: DHpublickey 04 ‖ X ‖ Y, and the encrypted scalar [V2G2-818]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include "CryIf_Cbk.h"
#include "Crypto_Externals.h"
#include "NvM_Host.h"
#include "V2gcrypt_CryptoSoft.h"

#define PAIR 97U
#define PAIRS 16U
#define SENT (65U + 48U)
#define CONTRACT_KEY 0U
#define VERIFY_KEY 1U
#define PROVISIONING_KEY 2U
#define RECORD (52U + (2U * 8U) + 97U)

const NvM_HostBlockType NvM_HostBlocks[] = {{7U, RECORD, NULL_PTR, NULL_PTR}};
const uint32 NvM_HostBlockCount = 1U;

static const CryptoSoft_NvMType Nvm = {NvM_SetDataIndex, NvM_ReadBlock, NvM_WriteBlock, NvM_GetErrorStatus,
                                       Crypto_DeviceKeyCallout};

#define ELEMENT(id, bytes, from, kept)                                                                                          \
    {                                                                                                                           \
        .keyElementId = (id), .size = (bytes), .offset = (from), .format = CRYPTO_KE_FORMAT_BIN_OCTET,                          \
        .readAccess = CRYPTO_SOFT_RA_ALLOWED, .writeAccess = CRYPTO_SOFT_WA_ALLOWED, .persist = (kept)                          \
    }

static const CryptoSoft_KeyElementConfigType ContractElements[] = {ELEMENT(1U, 32U, 0U, TRUE),
                                                                   ELEMENT(CRYPTO_KE_V2GCRYPT_PUBLICKEY, 65U, 32U, TRUE)};
static const CryptoSoft_KeyElementConfigType VerifyElements[] = {ELEMENT(1U, 65U, 0U, FALSE)};
static const CryptoSoft_KeyElementConfigType ProvisioningElements[] = {ELEMENT(1U, 32U, 0U, FALSE)};
static const CryptoSoft_PrimitiveConfigType Primitives[] = {
    {CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_SHA2_256},
    {CRYPTO_SIGNATUREVERIFY, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_SHA2_256},
    {CRYPTO_KEYSETVALID, CRYPTO_ALGOFAM_NOT_SET, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET},
    {CRYPTO_CUSTOM_SERVICE, CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET},
};
#define PRIMITIVES ((uint32)(sizeof(Primitives) / sizeof(Primitives[0])))
static const CryptoSoft_ObjectConfigType Objects[] = {{&Primitives[0], PRIMITIVES, 0U, 0U}};

static uint8 ContractData[PAIR];
static uint8 VerifyData[65];
static uint32 ContractLengths[2];
static uint8 ProvisioningData[32];
static uint32 VerifyLengths[1];
static uint32 ProvisioningLengths[1];
static uint8 Record[RECORD];
static CryptoSoft_InstanceRamType Ram;
static CryptoSoft_ObjectRamType ObjectRam[1];
static CryptoSoft_KeyRamType KeyRam[3];
static CryptoSoft_NvBlockRamType NvBlockRam[1];

static const CryptoSoft_KeyConfigType Keys[] = {
    {ContractElements, 2U, ContractData, PAIR, ContractLengths, CRYPTO_SOFT_FORM_ECDSA_P256_SIGN, Primitives, PRIMITIVES,
     0U},
    {VerifyElements, 1U, VerifyData, 65U, VerifyLengths, CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY, Primitives, PRIMITIVES,
     CRYPTO_SOFT_NO_NV_BLOCK},
    {ProvisioningElements, 1U, ProvisioningData, 32U, ProvisioningLengths, CRYPTO_SOFT_FORM_NONE, Primitives, PRIMITIVES,
     CRYPTO_SOFT_NO_NV_BLOCK},
};
static const CryptoSoft_NvBlockConfigType NvBlocks[] = {
    {CONTRACT_KEY, Record, RECORD, 7U, CRYPTO_SOFT_NV_IMMEDIATE, 0U, FALSE},
};

static const CryptoSoft_InstanceType Driver = {
    .magic = V2GCRYPT_CONFIG_MAGIC,
    .instanceSize = (uint32)sizeof(CryptoSoft_InstanceType),
    .keyRamSize = (uint32)sizeof(CryptoSoft_KeyRamType),
    .objectRamSize = (uint32)sizeof(CryptoSoft_ObjectRamType),
    .instanceId = 9U,
    .objectCount = 1U,
    .keyCount = 3U,
    .objects = Objects,
    .keys = Keys,
    .ram = &Ram,
    .objectRam = ObjectRam,
    .keyRam = KeyRam,
    .nvBlockCount = 1U,
    .nvBlocks = NvBlocks,
    .nvBlockRam = NvBlockRam,
    .nvM = &Nvm,
    .devErrorDetect = TRUE,
};

/* The program speaks to the driver alone: no job is asynchronous. */
void CryIf_CallbackNotification(Crypto_JobType *job, Crypto_ResultType result)
{
    (void)job;
    (void)result;
    abort();
}

/* Takes the place of the C library's for NvM.c: a page takes as long as in flash, so that kills find it half written. */
ssize_t pwrite(int file, const void *from, size_t length, off_t offset)
{
    const struct timespec page = {0, 300000L};
    const ssize_t put = (lseek(file, offset, SEEK_SET) == offset) ? write(file, from, length) : -1;
    (void)nanosleep(&page, NULL);
    return put;
}

/* A killed process loses nothing that the system has taken: no need to wait for the disk. */
int fsync(int file)
{
    return (file >= 0) ? 0 : -1;
}

static uint8 Provisioning[32];
static uint8 Pairs[PAIRS][PAIR + SENT];

static void Fail(const char *what)
{
    (void)printf("%s\n", what);
    exit(1);
}

static uint8 Status(void)
{
    uint8 status = 0xFFU;
    if (V2gcrypt_CryptoSoft_NvGetStatus(&Driver, CONTRACT_KEY, &status) != E_OK)
    {
        Fail("no status");
    }
    return status;
}

static void Import(uint32 pair)
{
    static const Crypto_PrimitiveInfoType primitive = {
        CRYPTO_CUSTOM_SERVICE,
        {CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2, CRYPTO_ALGOFAM_NOT_SET, 0U, CRYPTO_ALGOMODE_NOT_SET}};
    static const Crypto_JobPrimitiveInfoType info = {0U, &primitive, PROVISIONING_KEY, CRYPTO_PROCESSING_SYNC};
    const uint8 *const bytes = Pairs[pair];
    Crypto_JobType job = {.jobPriority = 0U};
    job.jobPrimitiveInfo = &info;
    job.cryptoKeyId = PROVISIONING_KEY;
    job.targetCryptoKeyId = CONTRACT_KEY;
    job.jobPrimitiveInputOutput.mode = CRYPTO_OPERATIONMODE_SINGLECALL;
    job.jobPrimitiveInputOutput.inputPtr = &bytes[PAIR + 65U];
    job.jobPrimitiveInputOutput.inputLength = 48U;
    job.jobPrimitiveInputOutput.secondaryInputPtr = &bytes[PAIR];
    job.jobPrimitiveInputOutput.secondaryInputLength = 65U;
    job.jobPrimitiveInputOutput.tertiaryInputPtr = &bytes[32];
    job.jobPrimitiveInputOutput.tertiaryInputLength = 65U;
    if ((V2gcrypt_CryptoSoft_ProcessJob(&Driver, 0U, &job) != E_OK) ||
        (V2gcrypt_CryptoSoft_KeySetValid(&Driver, CONTRACT_KEY) != E_OK))
    {
        Fail("import");
    }
    while (Status() == CRYPTO_SOFT_NV_PENDING)
    {
        V2gcrypt_CryptoSoft_MainFunction(&Driver);
    }
    if (Status() != CRYPTO_SOFT_NV_IDLE)
    {
        Fail("not written");
    }
}

/* Signs with the contract key, or verifies; TRUE if that worked. */
static boolean Sign(Crypto_ServiceInfoType service, uint32 key, uint8 *signature)
{
    static const uint8 message[] = "AuthorizationReq";
    const Crypto_PrimitiveInfoType primitive = {
        service, {CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_SHA2_256, 256U, CRYPTO_ALGOMODE_NOT_SET}};
    const Crypto_JobPrimitiveInfoType info = {0U, &primitive, key, CRYPTO_PROCESSING_SYNC};
    Crypto_JobType job = {.jobPriority = 0U};
    uint32 length = 64U;
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    job.jobPrimitiveInfo = &info;
    job.cryptoKeyId = key;
    job.jobPrimitiveInputOutput.mode = CRYPTO_OPERATIONMODE_SINGLECALL;
    job.jobPrimitiveInputOutput.inputPtr = message;
    job.jobPrimitiveInputOutput.inputLength = (uint32)sizeof(message);
    job.jobPrimitiveInputOutput.outputPtr = signature;
    job.jobPrimitiveInputOutput.outputLengthPtr = &length;
    job.jobPrimitiveInputOutput.secondaryInputPtr = signature;
    job.jobPrimitiveInputOutput.secondaryInputLength = 64U;
    job.jobPrimitiveInputOutput.verifyPtr = &verdict;
    if (V2gcrypt_CryptoSoft_ProcessJob(&Driver, 0U, &job) != E_OK)
    {
        return FALSE;
    }
    return ((service == CRYPTO_SIGNATUREGENERATE) || (verdict == CRYPTO_E_VER_OK)) ? TRUE : FALSE;
}

static void Check(void)
{
    uint8 bytes[PAIR];
    uint8 signature[64] = {0U};
    uint32 private_length = 32U;
    uint32 public_length = 65U;
    Crypto_KeyStatusType valid = CRYPTO_KEYSTATUS_INVALID;
    uint32 i;
    (void)V2gcrypt_CryptoSoft_KeyGetStatus(&Driver, CONTRACT_KEY, &valid);
    if (valid != CRYPTO_KEYSTATUS_VALID)
    {
        (void)printf("none\n");
        return;
    }
    if ((V2gcrypt_CryptoSoft_KeyElementGet(&Driver, CONTRACT_KEY, 1U, bytes, &private_length) != E_OK) ||
        (V2gcrypt_CryptoSoft_KeyElementGet(&Driver, CONTRACT_KEY, CRYPTO_KE_V2GCRYPT_PUBLICKEY, &bytes[32], &public_length) !=
         E_OK))
    {
        Fail("elements");
    }
    for (i = 0U; (i < PAIRS) && (memcmp(bytes, Pairs[i], PAIR) != 0); i++)
    {
    }
    if (i == PAIRS)
    {
        Fail("a mix");
    }
    if ((V2gcrypt_CryptoSoft_KeyElementSet(&Driver, VERIFY_KEY, 1U, &bytes[32], 65U) != E_OK) ||
        (V2gcrypt_CryptoSoft_KeySetValid(&Driver, VERIFY_KEY) != E_OK) ||
        (Sign(CRYPTO_SIGNATUREGENERATE, CONTRACT_KEY, signature) == FALSE) ||
        (Sign(CRYPTO_SIGNATUREVERIFY, VERIFY_KEY, signature) == FALSE))
    {
        Fail("the key does not sign");
    }
    (void)printf("%u\n", (unsigned)i);
}

int main(int count, char **arguments)
{
    FILE *const file = (count >= 3) ? fopen(arguments[2], "rb") : NULL;
    uint32 next;
    (void)setvbuf(stdout, NULL, _IONBF, 0U);
    if ((file == NULL) || (fread(Provisioning, 32U, 1U, file) != 1U) ||
        (fread(Pairs, PAIR + SENT, PAIRS, file) != PAIRS))
    {
        Fail("keys");
    }
    (void)fclose(file);
    V2gcrypt_CryptoSoft_Init(&Driver, NULL_PTR);
    if ((V2gcrypt_CryptoSoft_KeyElementSet(&Driver, PROVISIONING_KEY, 1U, Provisioning, 32U) != E_OK) ||
        (V2gcrypt_CryptoSoft_KeySetValid(&Driver, PROVISIONING_KEY) != E_OK))
    {
        Fail("provisioning key");
    }
    while (Status() == CRYPTO_SOFT_NV_LOADING)
    {
        V2gcrypt_CryptoSoft_MainFunction(&Driver);
    }
    if (strcmp(arguments[1], "check") == 0)
    {
        Check();
        return 0;
    }
    for (next = (count >= 4) ? (uint32)atoi(arguments[3]) : 0U;; next++)
    {
        (void)printf("b%u\n", (unsigned)(next % PAIRS));
        Import(next % PAIRS);
        (void)printf("e%u\n", (unsigned)(next % PAIRS));
    }
}
