/* KeyM on the board: a root is installed, and the certificate of a provisioning service verified with its two sub-CAs, over the
 * configuration of arxml/evcc_keym.arxml. Tells how long that takes beside one signature, how deep the stack gets, and what RAM KeyM has. */
#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"
#include "IdsM.h"
#include "KeyM.h"
#include "NvM.h"
#include "SchM_KeyM.h"
#include "StbM.h"
#include "board.h"
#include "chain.h"

#define MAX_CYCLES 5000U
/* Bytes that a step of KeyM may take. */
#define MAX_STACK 5500U

static uint32 Failures;
static uint32 Area;
static uint32 Serviced;
static KeyM_ResultType ServiceResult;
static uint32 Verified;
static KeyM_CertificateStatusType Verdict;

static void Check(const char *what, boolean holds)
{
    if (holds != TRUE)
    {
        Failures++;
        Board_Print("FAILED: ");
        Board_Print(what);
        Board_Print("\n");
    }
}

/* Callouts */

void SchM_Enter_KeyM_KEYM_EXCLUSIVE_AREA_0(void)
{
    Check("an exclusive area is nested", (Area == 0U) ? TRUE : FALSE);
    Area++;
}

void SchM_Exit_KeyM_KEYM_EXCLUSIVE_AREA_0(void)
{
    Check("an exclusive area is left that was not entered", (Area == 1U) ? TRUE : FALSE);
    Area--;
}

Std_ReturnType StbM_GetCurrentTime(StbM_SynchronizedTimeBaseType timeBaseId, StbM_TimeTupleType *timeTuple, StbM_UserDataType *userData)
{
    static const StbM_UserDataType none = {0U, 0U, 0U, 0U};
    (void)timeBaseId;
    timeTuple->globalTime.timeBaseStatus = STBM_STATUS_GLOBAL_TIME_BASE;
    timeTuple->globalTime.nanoseconds = 0U;
    timeTuple->globalTime.seconds = CHAIN_TIME;
    timeTuple->globalTime.secondsHi = 0U;
    *userData = none;
    return E_OK;
}

void IdsM_SetSecurityEventWithContextData(IdsM_SecurityEventIdType securityEventId, const uint8 *contextData, uint16 contextDataSize)
{
    (void)securityEventId;
    (void)contextData;
    (void)contextDataSize;
}

/* A NvM that has nothing, and forgets what it is given. */
static NvM_RequestResultType NvResult = NVM_REQ_OK;

Std_ReturnType NvM_SetDataIndex(NvM_BlockIdType BlockId, uint8 DataIndex)
{
    (void)BlockId;
    (void)DataIndex;
    return E_OK;
}

Std_ReturnType NvM_ReadBlock(NvM_BlockIdType BlockId, void *NvM_DstPtr)
{
    (void)BlockId;
    (void)NvM_DstPtr;
    NvResult = NVM_REQ_NV_INVALIDATED;
    return E_OK;
}

Std_ReturnType NvM_WriteBlock(NvM_BlockIdType BlockId, const void *NvM_SrcPtr)
{
    (void)BlockId;
    (void)NvM_SrcPtr;
    NvResult = NVM_REQ_OK;
    return E_OK;
}

Std_ReturnType NvM_GetErrorStatus(NvM_BlockIdType BlockId, NvM_RequestResultType *RequestResultPtr)
{
    (void)BlockId;
    *RequestResultPtr = NvResult;
    return E_OK;
}

void KeyM_CryptoKeyUpdateCallbackNotification(KeyM_ResultType Result, uint16 ResultDataLength, const uint8 *ResultDataPtr);
void KeyM_CryptoKeyFinalizeCallbackNotification(KeyM_ResultType Result, uint16 ResponseDataLength, const uint8 *ResponseDataPtr);

void KeyM_CryptoKeyUpdateCallbackNotification(KeyM_ResultType Result, uint16 ResultDataLength, const uint8 *ResultDataPtr)
{
    (void)Result;
    (void)ResultDataLength;
    (void)ResultDataPtr;
}

void KeyM_CryptoKeyFinalizeCallbackNotification(KeyM_ResultType Result, uint16 ResponseDataLength, const uint8 *ResponseDataPtr)
{
    (void)Result;
    (void)ResponseDataLength;
    (void)ResponseDataPtr;
}

/* Callbacks */

Std_ReturnType Evcc_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    (void)CertId;
    Verified++;
    Verdict = Result;
    return E_OK;
}

Std_ReturnType Evcc_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Result, uint16 ResultDataLength,
                                        const uint8 *ResultDataPtr)
{
    (void)CertId;
    (void)ResultDataLength;
    (void)ResultDataPtr;
    Serviced++;
    ServiceResult = Result;
    return E_OK;
}

Std_ReturnType KeyM_Cps_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    return Evcc_CertificateVerified(CertId, Result);
}

Std_ReturnType KeyM_Cps_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Result, uint16 ResultDataLength,
                                            const uint8 *ResultDataPtr)
{
    return Evcc_CertificateServiced(CertId, Result, ResultDataLength, ResultDataPtr);
}

#define OTHER(name)                                   \
    void name(uint32 jobId, Crypto_ResultType result) \
    {                                                 \
        (void)jobId;                                  \
        (void)result;                                 \
        Check(#name, FALSE);                          \
    }
OTHER(Evcc_ContractSignFinished)
OTHER(Evcc_LogDigestFinished)
OTHER(Evcc_MessageVerifyFinished)
OTHER(Evcc_ProvisioningFinished)
OTHER(Evcc_RecordMacFinished)

/* The deepest stack of KeyM's own functions; jobs of the driver are measured elsewhere. */
static uint32 Peak;
/* The longest single call of KeyM's main functions and of the driver's, in ticks: the latter is a signature. */
static uint32 Longest;
static uint32 LongestJob;
/* Ticks of all calls, without what it takes to measure the stack. */
static uint32 Spent;

static uint32 Larger(uint32 one, uint32 other)
{
    return (one > other) ? one : other;
}

static void Cycle(void)
{
    uint32 ticks;
    uint32 ticksOfKeyM;
    uint32 ticksOfJobs;
    Board_StackPaint();
    ticks = Board_Ticks();
    KeyM_MainFunction();
    KeyM_MainBackgroundFunction();
    ticksOfKeyM = Board_Ticks() - ticks;
    Peak = Larger(Peak, Board_StackPeak());
    ticks = Board_Ticks();
    Csm_MainFunction();
    Crypto_MainFunction();
    Crypto_MainFunctionBackground();
    ticksOfJobs = Board_Ticks() - ticks;
    Longest = Larger(Longest, ticksOfKeyM);
    LongestJob = Larger(LongestJob, ticksOfJobs);
    Spent += ticksOfKeyM + ticksOfJobs;
}

static void Await(const uint32 *callbacks)
{
    uint32 cycle;
    for (cycle = 0U; (cycle < MAX_CYCLES) && (*callbacks == 0U); cycle++)
    {
        Cycle();
    }
    Check("exactly one callback", (*callbacks == 1U) ? TRUE : FALSE);
}

static KeyM_CertDataType DataOf(uint8 *der, uint32 length)
{
    KeyM_CertDataType data;
    data.certData = der;
    data.certDataLength = length;
    return data;
}

static void Print(const char *what, uint32 value)
{
    Board_Print("chain: ");
    Board_Print(what);
    Board_Print(" ");
    Board_PrintNumber(value);
    Board_Print("\n");
}

static void Verify(const char *what, KeyM_CertificateStatusType expected)
{
    const KeyM_CertificateIdType cps = KeyMConf_KeyMCertificate_Cps;
    const KeyM_CertDataType leaf = DataOf(Chain_Cps, (uint32)sizeof(Chain_Cps));
    KeyM_CertificateStatusType status = KEYM_CERTIFICATE_NOT_PARSED;
    KeyM_CertDataType above[2];
    uint32 cycle;
    uint32 ticks;
    above[0] = DataOf(Chain_Sub2, (uint32)sizeof(Chain_Sub2));
    above[1] = DataOf(Chain_Sub1, (uint32)sizeof(Chain_Sub1));
    Check("set", (KeyM_SetCertificate(cps, &leaf) == E_OK) ? TRUE : FALSE);
    for (cycle = 0U; (cycle < MAX_CYCLES) && (status == KEYM_CERTIFICATE_NOT_PARSED); cycle++)
    {
        Cycle();
        (void)KeyM_CertGetStatus(cps, &status);
    }
    Check("parsed", (status == KEYM_CERTIFICATE_PARSED_NOT_VALIDATED) ? TRUE : FALSE);
    Verified = 0U;
    ticks = Board_Ticks();
    Check("asked", (KeyM_VerifyCertificateChain(cps, above, 2U) == E_OK) ? TRUE : FALSE);
    Spent = Board_Ticks() - ticks;
    Await(&Verified);
    Print(what, Spent / BOARD_TICKS_PER_MICRO);
    Check(what, (Verdict == expected) ? TRUE : FALSE);
}

int main(void)
{
    uint32 cycle;
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    KeyM_Init(NULL_PTR);
    for (cycle = 0U; cycle < 200U; cycle++)
    {
        Cycle();
    }
    Check("a root", (KeyM_ServiceCertificateByCertId(KeyMConf_KeyMCertificate_V2gRoot0, KEYM_SERVICE_CERT_SET_ROOT, Chain_Root,
                                                     (uint32)sizeof(Chain_Root), NULL_PTR, NULL_PTR) == E_OK)
                        ? TRUE
                        : FALSE);
    Await(&Serviced);
    Check("the root is installed", (ServiceResult == KEYM_RT_OK) ? TRUE : FALSE);
    Verify("cold, microseconds", KEYM_CERTIFICATE_VALID);
    Verify("with known issuers, microseconds", KEYM_CERTIFICATE_VALID);
    Check("with known issuers it takes hardly longer than one signature", (Spent <= ((LongestJob / 10U) * 11U)) ? TRUE : FALSE);
    Chain_Cps[sizeof(Chain_Cps) - 1U] ^= 1U;
    Verify("a wrong signature, microseconds", KEYM_E_CERTIFICATE_SIGNATURE_FAIL);
    Print("longest call, microseconds", Longest / BOARD_TICKS_PER_MICRO);
    Print("longest job, microseconds", LongestJob / BOARD_TICKS_PER_MICRO);
    Print("stack of the main functions, bytes", Peak);
    Check("the stack of the main functions is no deeper than it was", (Peak <= MAX_STACK) ? TRUE : FALSE);
    Print("RAM of a certificate beside its DER, bytes", (uint32)sizeof(KeyM_CertificateRamType));
    Print("RAM that it uses, bytes", V2gcrypt_KeyM_CertificateRamUsed);
    Print("RAM of the engine, bytes", (uint32)sizeof(KeyM_EngineRamType));
    Print("RAM that it uses, bytes", V2gcrypt_KeyM_EngineRamUsed);
    Print("failures", Failures);
    return (Failures == 0U) ? 0 : 1;
}
