/* Rows: the soft driver, through the generated functions and through the core behind them. */
#include "table.h"
#include "table_jobs.h"

#define UNKNOWN 0xFFFFFFFFU
#define HANDLE(sid) Table_Crypto((sid), 0x04U)
#define POINTER(sid) Table_Crypto((sid), 0x02U)
#define VALUE(sid) Table_Crypto((sid), 0x05U)
#define NAME(function) (driver->core ? "V2gcrypt_CryptoSoft_" function : "Crypto_" function)

static const uint32 Object = CryptoConf_CryptoDriverObject_OSync;

/* The functions of one instance. */
typedef struct
{
    boolean core;
    Std_ReturnType (*processJob)(uint32 objectId, Crypto_JobType *job);
    Std_ReturnType (*cancelJob)(uint32 objectId, Crypto_JobType *job);
    Std_ReturnType (*keyElementSet)(uint32 key, uint32 element, const uint8 *value, uint32 length);
    Std_ReturnType (*keyElementGet)(uint32 key, uint32 element, uint8 *result, uint32 *length);
    Std_ReturnType (*keySetValid)(uint32 key);
    Std_ReturnType (*keySetInvalid)(uint32 key);
    Std_ReturnType (*keyGetStatus)(uint32 key, Crypto_KeyStatusType *status);
    void (*getVersionInfo)(Std_VersionInfoType *versioninfo);
    void (*init)(const Crypto_ConfigType *configPtr);
    void (*mainFunction)(void);
    void (*mainFunctionBackground)(void);
} DriverType;

static Std_ReturnType CoreProcessJob(uint32 objectId, Crypto_JobType *job)
{
    return V2gcrypt_CryptoSoft_ProcessJob(&Crypto_Instance, objectId, job);
}
static Std_ReturnType CoreCancelJob(uint32 objectId, Crypto_JobType *job)
{
    return V2gcrypt_CryptoSoft_CancelJob(&Crypto_Instance, objectId, job);
}
static Std_ReturnType CoreKeyElementSet(uint32 key, uint32 element, const uint8 *value, uint32 length)
{
    return V2gcrypt_CryptoSoft_KeyElementSet(&Crypto_Instance, key, element, value, length);
}
static Std_ReturnType CoreKeyElementGet(uint32 key, uint32 element, uint8 *result, uint32 *length)
{
    return V2gcrypt_CryptoSoft_KeyElementGet(&Crypto_Instance, key, element, result, length);
}
static Std_ReturnType CoreKeySetValid(uint32 key)
{
    return V2gcrypt_CryptoSoft_KeySetValid(&Crypto_Instance, key);
}
static Std_ReturnType CoreKeySetInvalid(uint32 key)
{
    return V2gcrypt_CryptoSoft_KeySetInvalid(&Crypto_Instance, key);
}
static Std_ReturnType CoreKeyGetStatus(uint32 key, Crypto_KeyStatusType *status)
{
    return V2gcrypt_CryptoSoft_KeyGetStatus(&Crypto_Instance, key, status);
}
static void CoreGetVersionInfo(Std_VersionInfoType *versioninfo)
{
    V2gcrypt_CryptoSoft_GetVersionInfo(&Crypto_Instance, versioninfo);
}
static void CoreInit(const Crypto_ConfigType *configPtr)
{
    V2gcrypt_CryptoSoft_Init(&Crypto_Instance, configPtr);
}
static void CoreMainFunction(void)
{
    V2gcrypt_CryptoSoft_MainFunction(&Crypto_Instance);
}
static void CoreMainFunctionBackground(void)
{
    V2gcrypt_CryptoSoft_MainFunctionBackground(&Crypto_Instance);
}

static const DriverType Drivers[2] = {
    {FALSE, &Crypto_ProcessJob, &Crypto_CancelJob, &Crypto_KeyElementSet, &Crypto_KeyElementGet, &Crypto_KeySetValid,
     &Crypto_KeySetInvalid, &Crypto_KeyGetStatus, &Crypto_GetVersionInfo, &Crypto_Init, &Crypto_MainFunction,
     &Crypto_MainFunctionBackground},
    {TRUE, &CoreProcessJob, &CoreCancelJob, &CoreKeyElementSet, &CoreKeyElementGet, &CoreKeySetValid, &CoreKeySetInvalid,
     &CoreKeyGetStatus, &CoreGetVersionInfo, &CoreInit, &CoreMainFunction, &CoreMainFunctionBackground},
};

static Crypto_JobType *Odd(Crypto_ServiceInfoType service, Crypto_AlgorithmFamilyType family,
                           Crypto_AlgorithmFamilyType secondaryFamily, Crypto_AlgorithmModeType mode, uint32 keyLength)
{
    const Jobs_KindType odd = {service, family, secondaryFamily, mode, keyLength, 0U, 0U};
    return Jobs_Make(&odd);
}

static void AlgorithmRows(const DriverType *driver)
{
    const char *const name = NAME("ProcessJob");
    uint32 service;
    for (service = 0U; service < 0x18U; service++)
    {
        const boolean served = ((service <= 2U) || (service == 7U) || (service == 8U) || (service == 0x0BU)) ? TRUE : FALSE;
        if (served == FALSE)
        {
            REFUSED(name, "a service that it has not", E_NOT_OK, HANDLE(0x03U),
                    driver->processJob(Object, Odd((Crypto_ServiceInfoType)service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOFAM_NOT_SET,
                                                   CRYPTO_ALGOMODE_CMAC, 0U)));
        }
    }
    REFUSED(name, "no service at all", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Odd(0xEEU, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOFAM_NOT_SET, CRYPTO_ALGOMODE_CMAC, 0U)));
    REFUSED(name, "another hash", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Odd(CRYPTO_HASH, CRYPTO_ALGOFAM_SHA3_256, 0U, 0U, 0U)));
    REFUSED(name, "a hash with a mode", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Odd(CRYPTO_HASH, CRYPTO_ALGOFAM_SHA2_256, 0U, CRYPTO_ALGOMODE_CBC, 0U)));
    REFUSED(name, "a hash with a secondary family", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Odd(CRYPTO_HASH, CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOFAM_SHA1, 0U, 0U)));
    REFUSED(name, "another mode", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Odd(CRYPTO_MACGENERATE, CRYPTO_ALGOFAM_AES, 0U, CRYPTO_ALGOMODE_GMAC, 0U)));
    REFUSED(name, "another hash in an HMAC", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Odd(CRYPTO_MACGENERATE, CRYPTO_ALGOFAM_SHA1, 0U, CRYPTO_ALGOMODE_HMAC, 0U)));
    REFUSED(name, "another curve", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Odd(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_BRAINPOOL, CRYPTO_ALGOFAM_SHA2_256, 0U, 256U)));
    REFUSED(name, "a curve that there is not", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Odd(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_SHA2_256, 0U, 512U)));
    REFUSED(name, "a longer curve's signature in the room for a shorter one", E_NOT_OK, Table_Silent(),
            driver->processJob(Object, Odd(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_SHA2_256, 0U, 384U)));
    REFUSED(name, "another hash in a signature", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Odd(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_SHA2_384, 0U, 256U)));
}

static void GivingRows(const DriverType *driver, const Jobs_KindType *kind, uint32 result)
{
    const char *const name = NAME("ProcessJob");
    static const Crypto_OperationModeType modes[] = {0x00U, 0x05U, 0x08U, 0x0FU, 0x10U, 0x20U, 0x80U, 0x02U, 0x04U, 0x06U};
    uint8 *const at = Guard_Buffer(GUARD_OUTPUT, 128U);
    uint32 short_room = result - 1U;
    uint32 exact = result;
    uint32 i;
    for (i = 0U; i < (sizeof(modes) / sizeof(modes[0])); i++)
    {
        REFUSED(name, "wrong mode, or no START before it", E_NOT_OK, Table_Silent(),
                driver->processJob(Object, Jobs_WithMode(kind, modes[i])));
    }
    if (kind != &Jobs_Random)
    {
        REFUSED(name, "null data", E_NOT_OK, POINTER(0x03U), driver->processJob(Object, Jobs_WithInput(kind, NULL_PTR, 8U)));
        REFUSED(name, "no data", E_NOT_OK, VALUE(0x03U), driver->processJob(Object, Jobs_WithInput(kind, Table_In(8U), 0U)));
        REFUSED(name, "output over the data", E_NOT_OK, POINTER(0x03U),
                driver->processJob(Object, Jobs_WithInput(kind, &Guard_Buffer(GUARD_OUTPUT, 64U)[63], 1U)));
        REFUSED(name, "output just over the data", E_NOT_OK, POINTER(0x03U),
                driver->processJob(Object, Jobs_WithInput(kind, Guard_Buffer(GUARD_OUTPUT, 64U), 1U)));
        REFUSED(name, "length word over the data", E_NOT_OK, POINTER(0x03U),
                driver->processJob(Object, Jobs_WithInput(kind, (const uint8 *)Table_Room(64U), 4U)));
        REFUSED(name, "the longest data", E_NOT_OK, POINTER(0x03U),
                driver->processJob(Object, Jobs_WithInput(kind, (const uint8 *)UINTPTR_MAX, 0xFFFFFFFFU)));
        REFUSED(name, "one byte too little room", E_NOT_OK, Table_Silent(),
                driver->processJob(Object, Jobs_WithOutput(kind, Table_Out(short_room), &short_room)));
    }
    REFUSED(name, "null output", E_NOT_OK, POINTER(0x03U),
            driver->processJob(Object, Jobs_WithOutput(kind, NULL_PTR, &exact)));
    REFUSED(name, "null length word", E_NOT_OK, POINTER(0x03U), driver->processJob(Object, Jobs_WithOutput(kind, at, NULL_PTR)));
    short_room = 0U;
    REFUSED(name, "no room", E_NOT_OK, VALUE(0x03U), driver->processJob(Object, Jobs_WithOutput(kind, at, &short_room)));
    REFUSED(name, "length word over the output", E_NOT_OK, POINTER(0x03U),
            driver->processJob(Object, Jobs_WithOutput(kind, Guard_Buffer(GUARD_LENGTH, 4U), &exact)));
    WORKS(name, "works", result, driver->processJob(Object, Jobs_WithOutput(kind, Table_Out(result), &exact)));
}

static void ComparingRows(const DriverType *driver, const Jobs_KindType *kind, uint8 verdict)
{
    const char *const name = NAME("ProcessJob");
    uint8 *const compared = Guard_Buffer(GUARD_SECONDARY, 64U);
    const uint32 length = (kind == &Jobs_Verify) ? 128U : 64U;
    REFUSED(name, "null data", E_NOT_OK, POINTER(0x03U), driver->processJob(Object, Jobs_WithInput(kind, NULL_PTR, 8U)));
    REFUSED(name, "no data", E_NOT_OK, VALUE(0x03U), driver->processJob(Object, Jobs_WithInput(kind, Table_In(8U), 0U)));
    REFUSED(name, "null to compare with", E_NOT_OK, POINTER(0x03U),
            driver->processJob(Object, Jobs_WithSecondary(kind, NULL_PTR, length)));
    REFUSED(name, "nothing to compare with", E_NOT_OK, VALUE(0x03U),
            driver->processJob(Object, Jobs_WithSecondary(kind, compared, 0U)));
    REFUSED(name, "too much to compare with", E_NOT_OK, Table_Silent(),
            driver->processJob(Object, Jobs_WithSecondary(kind, compared, length + 1U)));
    REFUSED(name, "null verdict", E_NOT_OK, POINTER(0x03U), driver->processJob(Object, Jobs_WithVerdict(kind, NULL_PTR)));
    REFUSED(name, "verdict over the data", E_NOT_OK, POINTER(0x03U),
            driver->processJob(Object, Jobs_WithVerdict(kind, &Guard_Buffer(GUARD_DATA, 40U)[7])));
    REFUSED(name, "verdict over what is compared", E_NOT_OK, POINTER(0x03U),
            driver->processJob(Object, Jobs_WithVerdict(kind, Guard_Buffer(GUARD_SECONDARY, length / ((length == 64U) ? 1U : 8U)))));
    GIVES(name, "compares", verdict, driver->processJob(Object, Jobs_Make(kind)));
}

static void JobRows(const DriverType *driver)
{
    const char *const name = NAME("ProcessJob");
    REFUSED(name, "unknown object", E_NOT_OK, HANDLE(0x03U), driver->processJob(UNKNOWN, Jobs_Make(&Jobs_Hash)));
    REFUSED(name, "first object behind the last", E_NOT_OK, HANDLE(0x03U), driver->processJob(3U, Jobs_Make(&Jobs_Hash)));
    REFUSED(name, "null", E_NOT_OK, POINTER(0x03U), driver->processJob(Object, NULL_PTR));
    REFUSED(name, "unknown object comes before null", E_NOT_OK, HANDLE(0x03U), driver->processJob(UNKNOWN, NULL_PTR));
    REFUSED(name, "a job without description", E_NOT_OK, POINTER(0x03U), driver->processJob(Object, Jobs_WithoutInfo()));
    REFUSED(name, "a job without primitive", E_NOT_OK, POINTER(0x03U), driver->processJob(Object, Jobs_WithoutPrimitive()));
    REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x03U), driver->processJob(Object, Jobs_WithKey(&Jobs_Generate, UNKNOWN)));
    REFUSED(name, "first key behind the last", E_NOT_OK, HANDLE(0x03U),
            driver->processJob(Object, Jobs_WithKey(&Jobs_Generate, Crypto_Instance.keyCount)));
    REFUSED(name, "a key of another length", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(),
            driver->processJob(Object, Jobs_WithKey(&Jobs_Generate, CryptoConf_CryptoKey_Cmac256Key)));
    (void)driver->keySetInvalid(CryptoConf_CryptoKey_Cmac256Key);
    REFUSED(name, "a key that is not valid", CRYPTO_E_KEY_NOT_VALID, Table_Silent(),
            driver->processJob(Object, Jobs_WithKey(&Jobs_Generate, CryptoConf_CryptoKey_Cmac256Key)));
    (void)driver->keySetValid(CryptoConf_CryptoKey_Cmac256Key);
    REFUSED(name, "a key of other jobs", CRYPTO_E_KEY_READ_FAIL, Table_Runtime(114U, 0x03U, 0x01U),
            driver->processJob(Object, Jobs_WithKey(&Jobs_Generate, CryptoConf_CryptoKey_SpareKey)));
    AlgorithmRows(driver);
    GivingRows(driver, &Jobs_Hash, 32U);
    GivingRows(driver, &Jobs_Generate, 16U);
    GivingRows(driver, &Jobs_Sign, 64U);
    GivingRows(driver, &Jobs_Random, 33U);
    ComparingRows(driver, &Jobs_Verify, CRYPTO_E_VER_OK);
    ComparingRows(driver, &Jobs_Check, CRYPTO_E_VER_NOT_OK);
    REFUSED(NAME("CancelJob"), "unknown object", E_NOT_OK, HANDLE(0x0EU), driver->cancelJob(UNKNOWN, Jobs_Make(&Jobs_Hash)));
    REFUSED(NAME("CancelJob"), "first object behind the last", E_NOT_OK, HANDLE(0x0EU), driver->cancelJob(3U, Jobs_Make(&Jobs_Hash)));
    REFUSED(NAME("CancelJob"), "null", E_NOT_OK, POINTER(0x0EU), driver->cancelJob(Object, NULL_PTR));
    REFUSED(NAME("CancelJob"), "a job that it does not know", E_OK, Table_Silent(), driver->cancelJob(Object, Jobs_Make(&Jobs_Hash)));
    REFUSED(NAME("CancelJob"), "a record that says nothing", E_OK, Table_Silent(), driver->cancelJob(Object, Jobs_WithoutInfo()));
}

static void KeyRows(const DriverType *driver)
{
    const uint32 key = CryptoConf_CryptoKey_SpareKey;
    const uint32 count = Crypto_Instance.keyCount;
    REFUSED(NAME("KeyElementSet"), "unknown key", E_NOT_OK, HANDLE(0x04U), driver->keyElementSet(UNKNOWN, 1U, Table_In(16U), 16U));
    REFUSED(NAME("KeyElementSet"), "first key behind the last", E_NOT_OK, HANDLE(0x04U),
            driver->keyElementSet(count, 1U, Table_In(16U), 16U));
    REFUSED(NAME("KeyElementSet"), "null", E_NOT_OK, POINTER(0x04U), driver->keyElementSet(key, 1U, NULL_PTR, 16U));
    REFUSED(NAME("KeyElementSet"), "no bytes", E_NOT_OK, VALUE(0x04U), driver->keyElementSet(key, 1U, Table_In(16U), 0U));
    REFUSED(NAME("KeyElementSet"), "unknown element", CRYPTO_E_KEY_NOT_AVAILABLE, Table_Runtime(114U, 0x04U, 0x00U),
            driver->keyElementSet(key, 99U, Table_In(16U), 16U));
    REFUSED(NAME("KeyElementSet"), "one too short", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(),
            driver->keyElementSet(key, 1U, Table_In(15U), 15U));
    REFUSED(NAME("KeyElementSet"), "one too long", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(),
            driver->keyElementSet(key, 1U, Table_In(17U), 17U));
    REFUSED(NAME("KeyElementSet"), "one too long for partial access", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(),
            driver->keyElementSet(key, 5U, Table_In(9U), 9U));
    REFUSED(NAME("KeyElementSet"), "not to be written", CRYPTO_E_KEY_WRITE_FAIL, Table_Silent(),
            driver->keyElementSet(key, 1000U, Table_In(4U), 4U));
    REFUSED(NAME("KeyElementSet"), "works", E_OK, Table_Silent(), driver->keyElementSet(key, 1U, Table_In(16U), 16U));
    REFUSED(NAME("KeyElementGet"), "unknown key", E_NOT_OK, HANDLE(0x06U),
            driver->keyElementGet(UNKNOWN, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED(NAME("KeyElementGet"), "first key behind the last", E_NOT_OK, HANDLE(0x06U),
            driver->keyElementGet(count, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED(NAME("KeyElementGet"), "null result", E_NOT_OK, POINTER(0x06U), driver->keyElementGet(key, 1U, NULL_PTR, Table_Room(16U)));
    REFUSED(NAME("KeyElementGet"), "null length", E_NOT_OK, POINTER(0x06U), driver->keyElementGet(key, 1U, Table_Out(16U), NULL_PTR));
    REFUSED(NAME("KeyElementGet"), "no room", E_NOT_OK, VALUE(0x06U), driver->keyElementGet(key, 1U, Table_Out(16U), Table_Room(0U)));
    REFUSED(NAME("KeyElementGet"), "one byte too little room", E_NOT_OK, Table_Silent(),
            driver->keyElementGet(key, 1U, Table_Out(15U), Table_Room(15U)));
    REFUSED(NAME("KeyElementGet"), "length word over the result", E_NOT_OK, POINTER(0x06U),
            driver->keyElementGet(key, 1U, (uint8 *)Table_Room(16U), Table_Room(16U)));
    REFUSED(NAME("KeyElementGet"), "unknown element", CRYPTO_E_KEY_NOT_AVAILABLE, Table_Runtime(114U, 0x06U, 0x00U),
            driver->keyElementGet(key, 99U, Table_Out(16U), Table_Room(16U)));
    REFUSED(NAME("KeyElementGet"), "not to be read", CRYPTO_E_KEY_READ_FAIL, Table_Runtime(114U, 0x06U, 0x01U),
            driver->keyElementGet(CryptoConf_CryptoKey_SignKey, 1U, Table_Out(64U), Table_Room(64U)));
    REFUSED(NAME("KeyElementGet"), "never written", CRYPTO_E_KEY_EMPTY, Table_Silent(),
            driver->keyElementGet(key, 5U, Table_Out(64U), Table_Room(64U)));
    WORKS(NAME("KeyElementGet"), "works", 16U, driver->keyElementGet(key, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED(NAME("KeySetValid"), "unknown key", E_NOT_OK, HANDLE(0x05U), driver->keySetValid(UNKNOWN));
    REFUSED(NAME("KeySetValid"), "first key behind the last", E_NOT_OK, HANDLE(0x05U), driver->keySetValid(count));
    REFUSED(NAME("KeySetValid"), "works", E_OK, Table_Silent(), driver->keySetValid(key));
    GIVES(NAME("KeyGetStatus"), "valid", CRYPTO_KEYSTATUS_VALID, driver->keyGetStatus(key, Table_Verdict()));
    REFUSED(NAME("KeySetInvalid"), "unknown key", E_NOT_OK, HANDLE(0x15U), driver->keySetInvalid(UNKNOWN));
    REFUSED(NAME("KeySetInvalid"), "first key behind the last", E_NOT_OK, HANDLE(0x15U), driver->keySetInvalid(count));
    REFUSED(NAME("KeySetInvalid"), "works", E_OK, Table_Silent(), driver->keySetInvalid(key));
    GIVES(NAME("KeyGetStatus"), "invalid", CRYPTO_KEYSTATUS_INVALID, driver->keyGetStatus(key, Table_Verdict()));
    REFUSED(NAME("KeyGetStatus"), "unknown key", E_NOT_OK, HANDLE(0x14U), driver->keyGetStatus(UNKNOWN, Table_Verdict()));
    REFUSED(NAME("KeyGetStatus"), "first key behind the last", E_NOT_OK, HANDLE(0x14U), driver->keyGetStatus(count, Table_Verdict()));
    REFUSED(NAME("KeyGetStatus"), "null", E_NOT_OK, POINTER(0x14U), driver->keyGetStatus(key, NULL_PTR));
}

static void OtherRows(const DriverType *driver)
{
    const Crypto_ConfigType config = {0U};
    REFUSED(NAME("GetVersionInfo"), "null", E_OK, POINTER(0x01U), VOID_CALL(driver->getVersionInfo(NULL_PTR)));
    WORKS(NAME("GetVersionInfo"), "works", (uint32)sizeof(Std_VersionInfoType),
          VOID_CALL(driver->getVersionInfo((Std_VersionInfoType *)(void *)Table_Out((uint32)sizeof(Std_VersionInfoType)))));
    REFUSED(NAME("MainFunction"), "nothing to do", E_OK, Table_Silent(), VOID_CALL(driver->mainFunction()));
    REFUSED(NAME("MainFunctionBackground"), "nothing to do", E_OK, Table_Silent(), VOID_CALL(driver->mainFunctionBackground()));
    REFUSED(NAME("Init"), "a pointer that must be null", E_OK, Table_Crypto(0x00U, 0x01U), VOID_CALL(driver->init(&config)));
    REFUSED(NAME("Init"), "again", E_OK, Table_Silent(), VOID_CALL(driver->init(NULL_PTR)));
    Stack_LoadKeys();
}

static Std_ReturnType CoreNvGetStatus(uint32 key, uint8 *to)
{
    return V2gcrypt_CryptoSoft_NvGetStatus(&Crypto_Instance, key, to);
}

/* What NvM calls, in a configuration without NV blocks. */
static void NvRows(void)
{
    const CryptoSoft_InstanceType *const instance = &Crypto_Instance;
    uint32 i;
    REFUSED("V2gcrypt_CryptoSoft_NvBlockCallback", "unknown block", E_NOT_OK, HANDLE(0x1BU),
            V2gcrypt_CryptoSoft_NvBlockCallback(instance, UNKNOWN, 7U, 0U));
    REFUSED("V2gcrypt_CryptoSoft_NvBlockCallback", "first block behind the last", E_NOT_OK, HANDLE(0x1BU),
            V2gcrypt_CryptoSoft_NvBlockCallback(instance, instance->nvBlockCount, 7U, 0U));
    REFUSED("V2gcrypt_CryptoSoft_NvBlockReadFrom", "unknown block", E_NOT_OK, HANDLE(0x1BU),
            V2gcrypt_CryptoSoft_NvBlockReadFrom(instance, UNKNOWN, Table_In(64U)));
    REFUSED("V2gcrypt_CryptoSoft_NvBlockReadFrom", "unknown block comes before null", E_NOT_OK, HANDLE(0x1BU),
            V2gcrypt_CryptoSoft_NvBlockReadFrom(instance, UNKNOWN, NULL_PTR));
    REFUSED("V2gcrypt_CryptoSoft_NvBlockWriteTo", "unknown block", E_NOT_OK, HANDLE(0x1BU),
            V2gcrypt_CryptoSoft_NvBlockWriteTo(instance, UNKNOWN, Table_Out(64U)));
    REFUSED("V2gcrypt_CryptoSoft_NvBlockWriteTo", "unknown block comes before null", E_NOT_OK, HANDLE(0x1BU),
            V2gcrypt_CryptoSoft_NvBlockWriteTo(instance, UNKNOWN, NULL_PTR));
    REFUSED("V2gcrypt_CryptoSoft_NvBlockInit", "unknown block", E_NOT_OK, HANDLE(0x1BU),
            V2gcrypt_CryptoSoft_NvBlockInit(instance, UNKNOWN));
    for (i = 0U; i < 2U; i++)
    {
        const char *const name = (i == 0U) ? "Crypto_NvGetStatus" : "V2gcrypt_CryptoSoft_NvGetStatus";
        Std_ReturnType (*const status)(uint32 key, uint8 *to) = (i == 0U) ? &Crypto_NvGetStatus : &CoreNvGetStatus;
        REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x1BU), status(UNKNOWN, Table_Verdict()));
        REFUSED(name, "first key behind the last", E_NOT_OK, HANDLE(0x1BU), status(instance->keyCount, Table_Verdict()));
        REFUSED(name, "null", E_NOT_OK, POINTER(0x1BU), status(CryptoConf_CryptoKey_SpareKey, NULL_PTR));
        GIVES(name, "a key without block", CRYPTO_SOFT_NV_IDLE, status(CryptoConf_CryptoKey_SpareKey, Table_Verdict()));
    }
}

/* An instance that is null, and instances that contradict themselves. */
static void InstanceRows(void)
{
    CryptoSoft_KeyConfigType keys[32];
    CryptoSoft_InstanceType broken = Crypto_Instance;
    uint32 i;
    for (i = 0U; i < 9U; i++)
    {
        broken = Crypto_Instance;
        switch (i)
        {
        case 0U: broken.magic = 0U; break;
        case 1U: broken.instanceSize -= 1U; break;
        case 2U: broken.keyRamSize += 4U; break;
        case 3U: broken.objectRamSize = 0U; break;
        case 4U: broken.objects = NULL_PTR; break;
        case 5U: broken.keys = NULL_PTR; break;
        case 6U: broken.ram = NULL_PTR; break;
        case 7U: broken.objectRam = NULL_PTR; break;
        default: broken.slotCount = 1U; break;
        }
        REFUSED("V2gcrypt_CryptoSoft_Init", "an instance that is wrong", E_OK, Table_Crypto(0x00U, 0x01U),
                VOID_CALL(V2gcrypt_CryptoSoft_Init(&broken, NULL_PTR)));
    }
    /* A null instance has no id: the report names instance 0, which CheckReport does not expect; so the code is what counts. */
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_ProcessJob(NULL_PTR, Object, Jobs_Make(&Jobs_Hash)));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_CancelJob(NULL_PTR, Object, Jobs_Make(&Jobs_Hash)));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyElementSet(NULL_PTR, 0U, 1U, Table_In(16U), 16U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyElementGet(NULL_PTR, 0U, 1U, Table_Out(16U), Table_Room(16U)));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeySetValid(NULL_PTR, 0U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeySetInvalid(NULL_PTR, 0U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyGetStatus(NULL_PTR, 0U, Table_Verdict()));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_NvBlockCallback(NULL_PTR, 0U, 7U, 0U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_NvBlockReadFrom(NULL_PTR, 0U, Table_In(64U)));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_NvBlockWriteTo(NULL_PTR, 0U, Table_Out(64U)));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_NvBlockInit(NULL_PTR, 0U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_NvGetStatus(NULL_PTR, 0U, Table_Verdict()));
    V2gcrypt_CryptoSoft_Init(NULL_PTR, NULL_PTR);
    V2gcrypt_CryptoSoft_GetVersionInfo(NULL_PTR, NULL_PTR);
    V2gcrypt_CryptoSoft_MainFunction(NULL_PTR);
    V2gcrypt_CryptoSoft_MainFunctionBackground(NULL_PTR);
    /* A key type without element 1. */
    for (i = 0U; i < Crypto_Instance.keyCount; i++)
    {
        keys[i] = Crypto_Instance.keys[i];
    }
    keys[CryptoConf_CryptoKey_SpareKey].elements = &Crypto_Instance.keys[CryptoConf_CryptoKey_SpareKey].elements[1];
    keys[CryptoConf_CryptoKey_SpareKey].elementCount -= 1U;
    keys[CryptoConf_CryptoKey_SpareKey].usages = keys[CryptoConf_CryptoKey_Cmac128Key].usages;
    keys[CryptoConf_CryptoKey_SpareKey].usageCount = keys[CryptoConf_CryptoKey_Cmac128Key].usageCount;
    broken = Crypto_Instance;
    broken.keys = keys;
    REFUSED("V2gcrypt_CryptoSoft_Init", "another instance over the same RAM", E_OK, Table_Silent(),
            VOID_CALL(V2gcrypt_CryptoSoft_Init(&broken, NULL_PTR)));
    REFUSED("V2gcrypt_CryptoSoft_KeySetValid", "a key without element 1", E_OK, Table_Silent(),
            V2gcrypt_CryptoSoft_KeySetValid(&broken, CryptoConf_CryptoKey_SpareKey));
    REFUSED("V2gcrypt_CryptoSoft_ProcessJob", "a key without element 1", CRYPTO_E_KEY_NOT_AVAILABLE,
            Table_Runtime(114U, 0x03U, 0x00U),
            V2gcrypt_CryptoSoft_ProcessJob(&broken, Object, Jobs_WithKey(&Jobs_Generate, CryptoConf_CryptoKey_SpareKey)));
}

void Table_DriverRows(void)
{
    uint32 i;
    for (i = 0U; i < 2U; i++)
    {
        Stack_Init();
        Stack_LoadKeys();
        JobRows(&Drivers[i]);
        KeyRows(&Drivers[i]);
        OtherRows(&Drivers[i]);
    }
    NvRows();
    InstanceRows();
}
