/* Rows: the driver of the HSM, through the generated functions and through the core behind them, with a simulated HSM. */
#include "Crypto_0_Hsm.h"
#include "V2gcrypt_HsmSim.h"
#include "table.h"
#include "table_jobs.h"

#define AES CryptoConf_CryptoKey_HsmAesKey
#define PAIR CryptoConf_CryptoKey_HsmPairKey
#define EXCHANGE CryptoConf_CryptoKey_HsmExchangeKey
#define UNKNOWN 3U
#define UNINIT(sid) Table_Crypto((sid), 0x00U)
#define POINTER(sid) Table_Crypto((sid), 0x02U)
#define HANDLE(sid) Table_Crypto((sid), 0x04U)
#define VALUE(sid) Table_Crypto((sid), 0x05U)
#define UNAVAILABLE(sid) Table_Runtime(114U, (sid), 0x00U)
#define UNREADABLE(sid) Table_Runtime(114U, (sid), 0x01U)

/* A call of the generated function and of the core's. */
#define BOTH(function, what, expected, report, ...)                                                                                    \
    do                                                                                                                                 \
    {                                                                                                                                  \
        REFUSED("Crypto_0_Hsm_" #function, (what), (expected), (report), Crypto_0_Hsm_##function(__VA_ARGS__));                        \
        REFUSED("V2gcrypt_CryptoHsm_" #function, (what), (expected), (report),                                                         \
                V2gcrypt_CryptoHsm_##function(&Crypto_0_Hsm_Instance, __VA_ARGS__));                                                   \
    } while (0)
/* One that writes nothing and returns nothing. */
#define QUIET(name, what, report, call) REFUSED((name), (what), E_OK, (report), VOID_CALL(call))

static uint32 *Ids(uint32 count)
{
    return (uint32 *)(void *)Table_Out(count * 4U);
}

static CryptoHsm_StatusType Status;
static CryptoHsm_EventType Events[2];
static uint32 State;
static uint32 Kind;
static uint32 Count;

/* Before any Init. */
void Table_UninitialisedHsmRows(void)
{
    BOTH(ProcessJob, "not initialised", E_NOT_OK, UNINIT(0x03U), 0U, Jobs_Make(&Jobs_Hash));
    BOTH(CancelJob, "not initialised", E_NOT_OK, UNINIT(0x0EU), 0U, Jobs_Make(&Jobs_Hash));
    BOTH(KeyElementSet, "not initialised", E_NOT_OK, UNINIT(0x04U), AES, 1U, Table_In(16U), 16U);
    BOTH(KeyElementGet, "not initialised", E_NOT_OK, UNINIT(0x06U), PAIR, 1000U, Table_Out(65U), Table_Room(65U));
    BOTH(KeySetValid, "not initialised", E_NOT_OK, UNINIT(0x05U), AES);
    BOTH(KeySetInvalid, "not initialised", E_NOT_OK, UNINIT(0x15U), AES);
    BOTH(KeyGetStatus, "not initialised", E_NOT_OK, UNINIT(0x14U), AES, Table_Verdict());
    BOTH(KeyElementCopy, "not initialised", E_NOT_OK, UNINIT(0x0FU), AES, 1U, PAIR, 1U);
    BOTH(KeyElementCopyPartial, "not initialised", E_NOT_OK, UNINIT(0x13U), AES, 1U, 0U, 0U, 1U, PAIR, 1U);
    BOTH(KeyCopy, "not initialised", E_NOT_OK, UNINIT(0x10U), AES, PAIR);
    BOTH(KeyElementIdsGet, "not initialised", E_NOT_OK, UNINIT(0x11U), AES, Ids(3U), Table_Room(3U));
    BOTH(RandomSeed, "not initialised", E_NOT_OK, UNINIT(0x0DU), AES, Table_In(8U), 8U);
    BOTH(KeyGenerate, "not initialised", E_NOT_OK, UNINIT(0x07U), AES);
    BOTH(KeyDerive, "not initialised", E_NOT_OK, UNINIT(0x08U), AES, PAIR);
    BOTH(KeyExchangeCalcPubVal, "not initialised", E_NOT_OK, UNINIT(0x09U), EXCHANGE, Table_Out(65U), Table_Room(65U));
    BOTH(KeyExchangeCalcSecret, "not initialised", E_NOT_OK, UNINIT(0x0AU), EXCHANGE, Table_In(64U), 64U);
    BOTH(CustomSync, "not initialised", E_NOT_OK, UNINIT(0x1AU), 0U, AES, 1U, PAIR, 1U, Table_In(8U), 8U, Table_Out(8U), Table_Room(8U),
         NULL_PTR, NULL_PTR);
    QUIET("Crypto_0_Hsm_MainFunction", "not initialised", Table_Silent(), Crypto_0_Hsm_MainFunction());
    QUIET("V2gcrypt_CryptoHsm_MainFunction", "not initialised", Table_Silent(), V2gcrypt_CryptoHsm_MainFunction(&Crypto_0_Hsm_Instance));
    /* An interrupt may come before the driver starts. */
    QUIET("Crypto_0_Hsm_Interrupt_0", "not initialised", Table_Silent(), Crypto_0_Hsm_Interrupt_0());
    QUIET("V2gcrypt_CryptoHsm_Interrupt", "not initialised", Table_Silent(), V2gcrypt_CryptoHsm_Interrupt(&Crypto_0_Hsm_Instance, 0U));
    QUIET("Crypto_0_Hsm_Interrupt_Status", "not initialised", Table_Silent(), Crypto_0_Hsm_Interrupt_Status());
    QUIET("V2gcrypt_CryptoHsm_InterruptStatus", "not initialised", Table_Silent(),
          V2gcrypt_CryptoHsm_InterruptStatus(&Crypto_0_Hsm_Instance));
    REFUSED("V2gcrypt_CryptoHsm_GetStatus", "not initialised", E_NOT_OK, UNINIT(0x1AU),
            V2gcrypt_CryptoHsm_GetStatus(&Crypto_0_Hsm_Instance, &Status));
    REFUSED("V2gcrypt_CryptoHsm_GetSlotState", "not initialised", E_NOT_OK, UNINIT(0x1AU),
            V2gcrypt_CryptoHsm_GetSlotState(&Crypto_0_Hsm_Instance, 0U, &State, &Kind));
    REFUSED("V2gcrypt_CryptoHsm_ReadLog", "not initialised", E_NOT_OK, UNINIT(0x1AU),
            V2gcrypt_CryptoHsm_ReadLog(&Crypto_0_Hsm_Instance, 0U, Events, &Count));
    REFUSED("V2gcrypt_CryptoHsm_LifecycleAdvance", "not initialised", E_NOT_OK, UNINIT(0x1AU),
            V2gcrypt_CryptoHsm_LifecycleAdvance(&Crypto_0_Hsm_Instance, 2U));
    QUIET("Crypto_0_Hsm_GetVersionInfo", "null, not initialised", POINTER(0x01U), Crypto_0_Hsm_GetVersionInfo(NULL_PTR));
    /* A transport without functions: there is no simulator yet. */
    QUIET("Crypto_0_Hsm_Init", "no transport", Table_Crypto(0x00U, 0x01U), Crypto_0_Hsm_Init(NULL_PTR));
    QUIET("V2gcrypt_CryptoHsm_Init", "no transport", Table_Crypto(0x00U, 0x01U), V2gcrypt_CryptoHsm_Init(&Crypto_0_Hsm_Instance, NULL_PTR));
    QUIET("V2gcrypt_HsmSim_Restart", "there is none", Table_Silent(), V2gcrypt_HsmSim_Restart());
    QUIET("V2gcrypt_HsmSim_Stop", "there is none", Table_Silent(), V2gcrypt_HsmSim_Stop());
    REFUSED("V2gcrypt_HsmSim_WaitForBell", "there is none", 0U, Table_Silent(), V2gcrypt_HsmSim_WaitForBell(0xFU, 1U));
}

static void KeyRows(void)
{
    BOTH(KeyElementSet, "unknown key", E_NOT_OK, HANDLE(0x04U), UNKNOWN, 1U, Table_In(16U), 16U);
    BOTH(KeyElementSet, "null", E_NOT_OK, POINTER(0x04U), AES, 1U, NULL_PTR, 16U);
    BOTH(KeyElementSet, "no bytes", E_NOT_OK, VALUE(0x04U), AES, 1U, Table_In(16U), 0U);
    BOTH(KeyElementSet, "unknown element", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x04U), AES, 2U, Table_In(16U), 16U);
    BOTH(KeyElementSet, "one too short", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(), AES, 1U, Table_In(15U), 15U);
    BOTH(KeyElementSet, "may not be written", CRYPTO_E_KEY_WRITE_FAIL, Table_Silent(), PAIR, 1U, Table_In(32U), 32U);
    BOTH(KeyElementSet, "public half", CRYPTO_E_KEY_WRITE_FAIL, Table_Silent(), PAIR, 1000U, Table_In(65U), 65U);
    BOTH(KeyElementGet, "unknown key", E_NOT_OK, HANDLE(0x06U), UNKNOWN, 1U, Table_Out(16U), Table_Room(16U));
    BOTH(KeyElementGet, "null", E_NOT_OK, POINTER(0x06U), AES, 17U, NULL_PTR, Table_Room(16U));
    BOTH(KeyElementGet, "no length", E_NOT_OK, POINTER(0x06U), AES, 17U, Table_Out(16U), NULL_PTR);
    BOTH(KeyElementGet, "no room", E_NOT_OK, VALUE(0x06U), AES, 17U, Table_Out(16U), Table_Room(0U));
    BOTH(KeyElementGet, "unknown element", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x06U), AES, 2U, Table_Out(16U), Table_Room(16U));
    BOTH(KeyElementGet, "a secret", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x06U), AES, 1U, Table_Out(16U), Table_Room(16U));
    BOTH(KeySetValid, "unknown key", E_NOT_OK, HANDLE(0x05U), UNKNOWN);
    BOTH(KeySetInvalid, "unknown key", E_NOT_OK, HANDLE(0x15U), UNKNOWN);
    BOTH(KeyGetStatus, "unknown key", E_NOT_OK, HANDLE(0x14U), UNKNOWN, Table_Verdict());
    BOTH(KeyGetStatus, "null", E_NOT_OK, POINTER(0x14U), AES, NULL_PTR);
    BOTH(KeyElementCopy, "unknown key", E_NOT_OK, HANDLE(0x0FU), UNKNOWN, 1U, AES, 1U);
    BOTH(KeyElementCopy, "unknown target", E_NOT_OK, HANDLE(0x0FU), AES, 1U, UNKNOWN, 1U);
    BOTH(KeyElementCopy, "a secret", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x0FU), AES, 1U, EXCHANGE, 1U);
    BOTH(KeyElementCopyPartial, "unknown key", E_NOT_OK, HANDLE(0x13U), UNKNOWN, 1U, 0U, 0U, 1U, AES, 1U);
    BOTH(KeyElementCopyPartial, "a secret", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x13U), AES, 1U, 0U, 0U, 1U, PAIR, 1U);
    BOTH(KeyCopy, "unknown key", E_NOT_OK, HANDLE(0x10U), UNKNOWN, AES);
    BOTH(KeyCopy, "unknown target", E_NOT_OK, HANDLE(0x10U), AES, UNKNOWN);
    BOTH(KeyElementIdsGet, "unknown key", E_NOT_OK, HANDLE(0x11U), UNKNOWN, Ids(3U), Table_Room(3U));
    BOTH(KeyElementIdsGet, "null", E_NOT_OK, POINTER(0x11U), AES, NULL_PTR, Table_Room(3U));
    BOTH(KeyElementIdsGet, "no length", E_NOT_OK, POINTER(0x11U), AES, Ids(3U), NULL_PTR);
    BOTH(RandomSeed, "unknown key", E_NOT_OK, HANDLE(0x0DU), UNKNOWN, Table_In(8U), 8U);
    BOTH(RandomSeed, "null", E_NOT_OK, POINTER(0x0DU), AES, NULL_PTR, 8U);
    BOTH(RandomSeed, "no bytes", E_NOT_OK, VALUE(0x0DU), AES, Table_In(8U), 0U);
    BOTH(KeyGenerate, "unknown key", E_NOT_OK, HANDLE(0x07U), UNKNOWN);
    BOTH(KeyGenerate, "not for that", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x07U), EXCHANGE);
    BOTH(KeyDerive, "unknown key", E_NOT_OK, HANDLE(0x08U), UNKNOWN, AES);
    BOTH(KeyDerive, "unknown target", E_NOT_OK, HANDLE(0x08U), AES, UNKNOWN);
    BOTH(KeyExchangeCalcPubVal, "unknown key", E_NOT_OK, HANDLE(0x09U), UNKNOWN, Table_Out(65U), Table_Room(65U));
    BOTH(KeyExchangeCalcPubVal, "null", E_NOT_OK, POINTER(0x09U), EXCHANGE, NULL_PTR, Table_Room(65U));
    BOTH(KeyExchangeCalcPubVal, "no room", E_NOT_OK, VALUE(0x09U), EXCHANGE, Table_Out(65U), Table_Room(0U));
    BOTH(KeyExchangeCalcSecret, "unknown key", E_NOT_OK, HANDLE(0x0AU), UNKNOWN, Table_In(64U), 64U);
    BOTH(KeyExchangeCalcSecret, "null", E_NOT_OK, POINTER(0x0AU), EXCHANGE, NULL_PTR, 64U);
    BOTH(KeyExchangeCalcSecret, "no bytes", E_NOT_OK, VALUE(0x0AU), EXCHANGE, Table_In(64U), 0U);
    BOTH(CustomSync, "there is none", E_NOT_OK, HANDLE(0x1AU), 0U, AES, 1U, PAIR, 1U, Table_In(8U), 8U, Table_Out(8U), Table_Room(8U),
         NULL_PTR, NULL_PTR);
}

static void JobRows(void)
{
    BOTH(ProcessJob, "unknown object", E_NOT_OK, HANDLE(0x03U), 1U, Jobs_Make(&Jobs_Hash));
    BOTH(ProcessJob, "null", E_NOT_OK, POINTER(0x03U), 0U, NULL_PTR);
    BOTH(ProcessJob, "no info", E_NOT_OK, POINTER(0x03U), 0U, Jobs_WithoutInfo());
    BOTH(ProcessJob, "no primitive", E_NOT_OK, POINTER(0x03U), 0U, Jobs_WithoutPrimitive());
    BOTH(ProcessJob, "a service that it has not", E_NOT_OK, HANDLE(0x03U), 0U, Jobs_Make(&Jobs_Generate));
    BOTH(ProcessJob, "no input", E_NOT_OK, POINTER(0x03U), 0U, Jobs_WithInput(&Jobs_Hash, NULL_PTR, 40U));
    BOTH(ProcessJob, "no output", E_NOT_OK, POINTER(0x03U), 0U, Jobs_WithOutput(&Jobs_Hash, NULL_PTR, Table_Room(32U)));
    BOTH(ProcessJob, "no START before it", E_NOT_OK, Table_Silent(), 0U, Jobs_WithMode(&Jobs_Hash, CRYPTO_OPERATIONMODE_UPDATE));
    BOTH(CancelJob, "unknown object", E_NOT_OK, HANDLE(0x0EU), 1U, Jobs_Make(&Jobs_Hash));
    BOTH(CancelJob, "null", E_NOT_OK, POINTER(0x0EU), 0U, NULL_PTR);
}

static void OtherRows(void)
{
    static const Crypto_ConfigType any;
    CryptoHsm_InstanceType broken = Crypto_0_Hsm_Instance;
    uint32 address = 0U;
    QUIET("Crypto_0_Hsm_GetVersionInfo", "null", POINTER(0x01U), Crypto_0_Hsm_GetVersionInfo(NULL_PTR));
    QUIET("V2gcrypt_CryptoHsm_GetVersionInfo", "null", POINTER(0x01U), V2gcrypt_CryptoHsm_GetVersionInfo(&Crypto_0_Hsm_Instance, NULL_PTR));
    QUIET("Crypto_0_Hsm_Init", "another configuration", Table_Crypto(0x00U, 0x01U), Crypto_0_Hsm_Init(&any));
    broken.magic++;
    QUIET("V2gcrypt_CryptoHsm_Init", "wrong magic", Table_Crypto(0x00U, 0x01U), V2gcrypt_CryptoHsm_Init(&broken, NULL_PTR));
    QUIET("V2gcrypt_CryptoHsm_Interrupt", "a channel that there is not", Table_Silent(),
          V2gcrypt_CryptoHsm_Interrupt(&Crypto_0_Hsm_Instance, 255U));
    QUIET("Crypto_0_Hsm_Interrupt_0", "nothing has come", Table_Silent(), Crypto_0_Hsm_Interrupt_0());
    QUIET("Crypto_0_Hsm_Interrupt_Status", "nothing has changed", Table_Silent(), Crypto_0_Hsm_Interrupt_Status());
    QUIET("Crypto_0_Hsm_MainFunction", "nothing to do", Table_Silent(), Crypto_0_Hsm_MainFunction());
    REFUSED("V2gcrypt_CryptoHsm_GetStatus", "null", E_NOT_OK, POINTER(0x1AU), V2gcrypt_CryptoHsm_GetStatus(&Crypto_0_Hsm_Instance, NULL_PTR));
    REFUSED("V2gcrypt_CryptoHsm_GetSlotState", "null", E_NOT_OK, POINTER(0x1AU),
            V2gcrypt_CryptoHsm_GetSlotState(&Crypto_0_Hsm_Instance, 0U, NULL_PTR, &Kind));
    REFUSED("V2gcrypt_CryptoHsm_ReadLog", "null", E_NOT_OK, POINTER(0x1AU),
            V2gcrypt_CryptoHsm_ReadLog(&Crypto_0_Hsm_Instance, 0U, NULL_PTR, &Count));
    Count = 0U;
    REFUSED("V2gcrypt_CryptoHsm_ReadLog", "no room", E_NOT_OK, VALUE(0x1AU),
            V2gcrypt_CryptoHsm_ReadLog(&Crypto_0_Hsm_Instance, 0U, Events, &Count));
    REFUSED("V2gcrypt_CryptoHsm_LifecycleAdvance", "backwards", E_NOT_OK, Table_Silent(),
            V2gcrypt_CryptoHsm_LifecycleAdvance(&Crypto_0_Hsm_Instance, 0U));
    /* No chip here. */
    QUIET("V2gcrypt_CryptoHsm_Tc3xx_HostStatusSet", "null", Table_Silent(), V2gcrypt_CryptoHsm_Tc3xx_HostStatusSet(NULL_PTR, 1U));
    REFUSED("V2gcrypt_CryptoHsm_Tc3xx_HsmStatusGet", "null", 0U, Table_Silent(), V2gcrypt_CryptoHsm_Tc3xx_HsmStatusGet(NULL_PTR));
    QUIET("V2gcrypt_CryptoHsm_Tc3xx_RingDoorbell", "null", Table_Silent(), V2gcrypt_CryptoHsm_Tc3xx_RingDoorbell(NULL_PTR, 0U));
    REFUSED("V2gcrypt_CryptoHsm_Tc3xx_Translate", "null", E_NOT_OK, Table_Silent(),
            V2gcrypt_CryptoHsm_Tc3xx_Translate(NULL_PTR, Table_In(8U), 8U, &address));
    QUIET("V2gcrypt_CryptoHsm_Tc3xx_Barrier", "null", Table_Silent(), V2gcrypt_CryptoHsm_Tc3xx_Barrier(NULL_PTR));
    REFUSED("V2gcrypt_CryptoHsm_Tc3xx_Now", "null", 0U, Table_Silent(), V2gcrypt_CryptoHsm_Tc3xx_Now(NULL_PTR));
    QUIET("V2gcrypt_CryptoHsm_Tc3xx_Enable", "null", Table_Silent(), V2gcrypt_CryptoHsm_Tc3xx_Enable(NULL_PTR, 1U, 1U));
    REFUSED("V2gcrypt_CryptoHsm_Tc3xx_TakeBells", "null", 0U, Table_Silent(), V2gcrypt_CryptoHsm_Tc3xx_TakeBells(NULL_PTR));
}

/* No instance at all: the report names instance 0, which rows do not expect; so the code is what counts. */
static void NullRows(void)
{
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoHsm_ProcessJob(NULL_PTR, 0U, Jobs_Make(&Jobs_Hash)));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoHsm_KeyElementSet(NULL_PTR, AES, 1U, Table_In(16U), 16U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoHsm_KeySetValid(NULL_PTR, AES));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoHsm_KeyGenerate(NULL_PTR, AES));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoHsm_GetStatus(NULL_PTR, &Status));
    V2gcrypt_CryptoHsm_Init(NULL_PTR, NULL_PTR);
    V2gcrypt_CryptoHsm_MainFunction(NULL_PTR);
    V2gcrypt_CryptoHsm_Interrupt(NULL_PTR, 0U);
    V2gcrypt_CryptoHsm_InterruptStatus(NULL_PTR);
}

static void WorkingRows(void)
{
    WORKS("Crypto_0_Hsm_KeyElementGet", "an algorithm", 1U, Crypto_0_Hsm_KeyElementGet(AES, 17U, Table_Out(1U), Table_Room(1U)));
    REFUSED("Crypto_0_Hsm_KeyGenerate", "a pair", E_OK, Table_Silent(), Crypto_0_Hsm_KeyGenerate(PAIR));
    REFUSED("Crypto_0_Hsm_KeySetValid", "a pair", E_OK, Table_Silent(), Crypto_0_Hsm_KeySetValid(PAIR));
    GIVES("Crypto_0_Hsm_KeyGetStatus", "a pair", CRYPTO_KEYSTATUS_VALID, Crypto_0_Hsm_KeyGetStatus(PAIR, Table_Verdict()));
    WORKS("Crypto_0_Hsm_KeyElementGet", "its public half", 65U, Crypto_0_Hsm_KeyElementGet(PAIR, 1000U, Table_Out(65U), Table_Room(65U)));
    WORKS("Crypto_0_Hsm_KeyExchangeCalcPubVal", "a pair of its own", 65U,
          Crypto_0_Hsm_KeyExchangeCalcPubVal(EXCHANGE, Table_Out(65U), Table_Room(65U)));
    WORKS("Crypto_0_Hsm_ProcessJob", "a hash", 32U,
          Crypto_0_Hsm_ProcessJob(0U, Jobs_WithOutput(&Jobs_Hash, Table_Out(32U), Table_Room(32U))));
}

void Table_HsmRows(void)
{
    REFUSED("V2gcrypt_HsmSim_Start", "a new one", E_OK, Table_Silent(), V2gcrypt_HsmSim_Start(NULL_PTR));
    REFUSED("V2gcrypt_HsmSim_Start", "once is enough", E_OK, Table_Silent(), V2gcrypt_HsmSim_Start(NULL_PTR));
    QUIET("Crypto_0_Hsm_Init", "works", Table_Silent(), Crypto_0_Hsm_Init(NULL_PTR));
    WorkingRows();
    KeyRows();
    JobRows();
    OtherRows();
    NullRows();
    V2gcrypt_HsmSim_Stop();
    Test_ClearReports();
}
