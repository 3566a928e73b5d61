/* Rows: everything uninitialised, and the key management of Csm. */
#include "CryIf_Cbk.h"
#include "Csm_Cbk.h"
#include "table.h"

#define UNKNOWN 0xFFFFFFFFU
#define UNINIT(sid) Table_Csm((sid), CSM_E_UNINIT)

static Std_ReturnType Service(uint32 index)
{
    switch (index)
    {
    case 0U: return Csm_Hash(0U, SINGLECALL, Table_In(8U), 8U, Table_Out(64U), Table_Room(64U));
    case 1U: return Csm_MacGenerate(0U, SINGLECALL, Table_In(8U), 8U, Table_Out(64U), Table_Room(64U));
    case 2U: return Csm_SignatureGenerate(0U, SINGLECALL, Table_In(8U), 8U, Table_Out(64U), Table_Room(64U));
    case 3U: return Csm_MacVerify(0U, SINGLECALL, Table_In(8U), 8U, Table_Secondary(Vector_Cmac128, 16U), 128U, Table_Verdict());
    case 4U: return Csm_SignatureVerify(0U, SINGLECALL, Table_In(8U), 8U, Table_Secondary(Vector_SampleSignature, 64U), 64U, Table_Verdict());
    case 5U: return Csm_RandomGenerate(0U, Table_Out(64U), Table_Room(64U));
    case 6U: return Csm_KeyElementSet(0U, 1U, Table_In(16U), 16U);
    case 7U: return Csm_KeyElementGet(0U, 1U, Table_Out(64U), Table_Room(64U));
    case 8U: return Csm_KeySetValid(0U);
    case 9U: return Csm_KeySetInvalid(0U);
    case 10U: return Csm_KeyGetStatus(0U, Table_Verdict());
    default: return Csm_CancelJob(0U, 0U);
    }
}

static void UninitialisedCsm(void)
{
    static const struct
    {
        const char *name;
        uint8 sid;
    } services[12] = {
        {"Csm_Hash", 0x5DU}, {"Csm_MacGenerate", 0x60U}, {"Csm_SignatureGenerate", 0x76U}, {"Csm_MacVerify", 0x61U},
        {"Csm_SignatureVerify", 0x64U}, {"Csm_RandomGenerate", 0x72U}, {"Csm_KeyElementSet", 0x78U},
        {"Csm_KeyElementGet", 0x68U}, {"Csm_KeySetValid", 0x67U}, {"Csm_KeySetInvalid", 0x85U}, {"Csm_KeyGetStatus", 0x83U},
        {"Csm_CancelJob", 0x6FU}};
    uint32 i;
    for (i = 0U; i < 12U; i++)
    {
        REFUSED(services[i].name, "not initialised", E_NOT_OK, UNINIT(services[i].sid), Service(i));
    }
    REFUSED("Csm_CallbackNotification", "not initialised", E_OK, UNINIT(CSM_SID_CALLBACKNOTIFICATION),
            VOID_CALL(Csm_CallbackNotification(&Csm_Config.jobRecords[0], E_OK)));
    REFUSED("V2gcrypt_Csm_MainFunction", "not initialised", E_OK, UNINIT(CSM_SID_MAINFUNCTION),
            VOID_CALL(V2gcrypt_Csm_MainFunction(0U)));
    REFUSED("Csm_MainFunction", "not initialised", E_OK, UNINIT(CSM_SID_MAINFUNCTION), VOID_CALL(Csm_MainFunction()));
    WORKS("Csm_GetVersionInfo", "not initialised", (uint32)sizeof(Std_VersionInfoType),
          VOID_CALL(Csm_GetVersionInfo((Std_VersionInfoType *)(void *)Table_Out((uint32)sizeof(Std_VersionInfoType)))));
}

static void UninitialisedCryIf(void)
{
    Crypto_JobType *const job = &Csm_Config.jobRecords[0];
#define NOT_YET(sid) Table_CryIf((sid), CRYIF_E_UNINIT)
    REFUSED("CryIf_ProcessJob", "not initialised", E_NOT_OK, NOT_YET(0x03U), CryIf_ProcessJob(0U, job));
    REFUSED("CryIf_CancelJob", "not initialised", E_NOT_OK, NOT_YET(0x0EU), CryIf_CancelJob(0U, job));
    REFUSED("CryIf_KeyElementSet", "not initialised", E_NOT_OK, NOT_YET(0x04U), CryIf_KeyElementSet(0U, 1U, Table_In(16U), 16U));
    REFUSED("CryIf_KeyElementGet", "not initialised", E_NOT_OK, NOT_YET(0x06U),
            CryIf_KeyElementGet(0U, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED("CryIf_KeySetValid", "not initialised", E_NOT_OK, NOT_YET(0x05U), CryIf_KeySetValid(0U));
    REFUSED("CryIf_KeySetInvalid", "not initialised", E_NOT_OK, NOT_YET(0x15U), CryIf_KeySetInvalid(0U));
    REFUSED("CryIf_KeyGetStatus", "not initialised", E_NOT_OK, NOT_YET(0x14U), CryIf_KeyGetStatus(0U, Table_Verdict()));
    REFUSED("CryIf_KeyElementCopy", "not initialised", E_NOT_OK, NOT_YET(0x0FU), CryIf_KeyElementCopy(0U, 1U, 0U, 1U));
    REFUSED("CryIf_KeyElementCopyPartial", "not initialised", E_NOT_OK, NOT_YET(0x12U),
            CryIf_KeyElementCopyPartial(0U, 1U, 0U, 0U, 1U, 0U, 1U));
    REFUSED("CryIf_KeyCopy", "not initialised", E_NOT_OK, NOT_YET(0x10U), CryIf_KeyCopy(0U, 0U));
    REFUSED("CryIf_RandomSeed", "not initialised", E_NOT_OK, NOT_YET(0x07U), CryIf_RandomSeed(0U, Table_In(16U), 16U));
    REFUSED("CryIf_KeyGenerate", "not initialised", E_NOT_OK, NOT_YET(0x08U), CryIf_KeyGenerate(0U));
    REFUSED("CryIf_KeyDerive", "not initialised", E_NOT_OK, NOT_YET(0x09U), CryIf_KeyDerive(0U, 0U));
    REFUSED("CryIf_KeyExchangeCalcPubVal", "not initialised", E_NOT_OK, NOT_YET(0x0AU),
            CryIf_KeyExchangeCalcPubVal(0U, Table_Out(65U), Table_Room(65U)));
    REFUSED("CryIf_KeyExchangeCalcSecret", "not initialised", E_NOT_OK, NOT_YET(0x0BU),
            CryIf_KeyExchangeCalcSecret(0U, Table_In(65U), 65U));
    REFUSED("CryIf_CustomSync", "not initialised", E_NOT_OK, NOT_YET(0x1AU),
            CryIf_CustomSync(0U, 0U, 1U, 0U, 1U, Table_In(8U), 8U, Table_Out(8U), Table_Room(8U), NULL_PTR, NULL_PTR));
    REFUSED("CryIf_CallbackNotification", "not initialised", E_OK, NOT_YET(0x0DU), VOID_CALL(CryIf_CallbackNotification(job, E_OK)));
    WORKS("CryIf_GetVersionInfo", "not initialised", (uint32)sizeof(Std_VersionInfoType),
          VOID_CALL(CryIf_GetVersionInfo((Std_VersionInfoType *)(void *)Table_Out((uint32)sizeof(Std_VersionInfoType)))));
#undef NOT_YET
}

static void UninitialisedDriver(void)
{
    Crypto_JobType *const job = &Csm_Config.jobRecords[0];
#define NOT_YET(sid) Table_Crypto((sid), 0x00U)
    REFUSED("Crypto_ProcessJob", "not initialised", E_NOT_OK, NOT_YET(0x03U), Crypto_ProcessJob(0U, job));
    REFUSED("Crypto_CancelJob", "not initialised", E_NOT_OK, NOT_YET(0x0EU), Crypto_CancelJob(0U, job));
    REFUSED("Crypto_KeyElementSet", "not initialised", E_NOT_OK, NOT_YET(0x04U), Crypto_KeyElementSet(0U, 1U, Table_In(16U), 16U));
    REFUSED("Crypto_KeyElementGet", "not initialised", E_NOT_OK, NOT_YET(0x06U),
            Crypto_KeyElementGet(0U, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED("Crypto_KeySetValid", "not initialised", E_NOT_OK, NOT_YET(0x05U), Crypto_KeySetValid(0U));
    REFUSED("Crypto_KeySetInvalid", "not initialised", E_NOT_OK, NOT_YET(0x15U), Crypto_KeySetInvalid(0U));
    REFUSED("Crypto_KeyGetStatus", "not initialised", E_NOT_OK, NOT_YET(0x14U), Crypto_KeyGetStatus(0U, Table_Verdict()));
    /* A main function of a module that is not initialised returns without a report. [SRS_BSW_00450] */
    REFUSED("Crypto_MainFunction", "not initialised", E_OK, Table_Silent(), VOID_CALL(Crypto_MainFunction()));
    REFUSED("Crypto_MainFunctionBackground", "not initialised", E_OK, Table_Silent(), VOID_CALL(Crypto_MainFunctionBackground()));
    WORKS("Crypto_GetVersionInfo", "not initialised", (uint32)sizeof(Std_VersionInfoType),
          VOID_CALL(Crypto_GetVersionInfo((Std_VersionInfoType *)(void *)Table_Out((uint32)sizeof(Std_VersionInfoType)))));
#undef NOT_YET
}

void Table_UninitialisedRows(void)
{
    UninitialisedCsm();
    UninitialisedCryIf();
    UninitialisedDriver();
}

void Table_CsmKeyRows(void)
{
    const uint32 key = CsmConf_CsmKey_SpareKey;
    const uint32 count = Csm_Config.keyCount;
#define HANDLE(sid) Table_Csm((sid), CSM_E_PARAM_HANDLE)
#define POINTER(sid) Table_Csm((sid), CSM_E_PARAM_POINTER)
    Stack_Init();
    Stack_LoadKeys();
    REFUSED("Csm_KeyElementSet", "unknown key", E_NOT_OK, HANDLE(0x78U), Csm_KeyElementSet(UNKNOWN, 1U, Table_In(16U), 16U));
    REFUSED("Csm_KeyElementSet", "first key behind the last", E_NOT_OK, HANDLE(0x78U),
            Csm_KeyElementSet(count, 1U, Table_In(16U), 16U));
    REFUSED("Csm_KeyElementSet", "null", E_NOT_OK, POINTER(0x78U), Csm_KeyElementSet(key, 1U, NULL_PTR, 16U));
    REFUSED("Csm_KeyElementSet", "no bytes", E_NOT_OK, Table_CryIf(0x04U, CRYIF_E_PARAM_VALUE),
            Csm_KeyElementSet(key, 1U, Table_In(16U), 0U));
    REFUSED("Csm_KeyElementSet", "unknown element", CRYPTO_E_KEY_NOT_AVAILABLE, Table_Runtime(114U, 0x04U, 0x00U),
            Csm_KeyElementSet(key, 3U, Table_In(16U), 16U));
    REFUSED("Csm_KeyElementSet", "one too short", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(),
            Csm_KeyElementSet(key, 1U, Table_In(15U), 15U));
    REFUSED("Csm_KeyElementSet", "one too long", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(),
            Csm_KeyElementSet(key, 1U, Table_In(17U), 17U));
    REFUSED("Csm_KeyElementSet", "far too long", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(),
            Csm_KeyElementSet(key, 1U, Table_In(17U), 0x7FFFFFFFU));
    REFUSED("Csm_KeyElementSet", "not to be written", CRYPTO_E_KEY_WRITE_FAIL, Table_Silent(),
            Csm_KeyElementSet(key, 1000U, Table_In(4U), 4U));
    REFUSED("Csm_KeyElementSet", "works", E_OK, Table_Silent(), Csm_KeyElementSet(key, 1U, Table_In(16U), 16U));

    REFUSED("Csm_KeyElementGet", "unknown key", E_NOT_OK, HANDLE(0x68U),
            Csm_KeyElementGet(UNKNOWN, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED("Csm_KeyElementGet", "first key behind the last", E_NOT_OK, HANDLE(0x68U),
            Csm_KeyElementGet(count, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED("Csm_KeyElementGet", "null result", E_NOT_OK, POINTER(0x68U), Csm_KeyElementGet(key, 1U, NULL_PTR, Table_Room(16U)));
    REFUSED("Csm_KeyElementGet", "null length", E_NOT_OK, POINTER(0x68U), Csm_KeyElementGet(key, 1U, Table_Out(16U), NULL_PTR));
    REFUSED("Csm_KeyElementGet", "length word over the result", E_NOT_OK, POINTER(0x68U),
            Csm_KeyElementGet(key, 1U, (uint8 *)Table_Room(16U), Table_Room(16U)));
    REFUSED("Csm_KeyElementGet", "no room", E_NOT_OK, Table_CryIf(0x06U, CRYIF_E_PARAM_VALUE),
            Csm_KeyElementGet(key, 1U, Table_Out(16U), Table_Room(0U)));
    REFUSED("Csm_KeyElementGet", "one byte too little room", E_NOT_OK, Table_Silent(),
            Csm_KeyElementGet(key, 1U, Table_Out(15U), Table_Room(15U)));
    REFUSED("Csm_KeyElementGet", "unknown element", CRYPTO_E_KEY_NOT_AVAILABLE, Table_Runtime(114U, 0x06U, 0x00U),
            Csm_KeyElementGet(key, 3U, Table_Out(16U), Table_Room(16U)));
    REFUSED("Csm_KeyElementGet", "not to be read", CRYPTO_E_KEY_READ_FAIL, Table_Runtime(114U, 0x06U, 0x01U),
            Csm_KeyElementGet(CsmConf_CsmKey_SignKey, 1U, Table_Out(64U), Table_Room(64U)));
    REFUSED("Csm_KeyElementGet", "never written", CRYPTO_E_KEY_EMPTY, Table_Silent(),
            Csm_KeyElementGet(key, 5U, Table_Out(64U), Table_Room(64U)));
    WORKS("Csm_KeyElementGet", "works", 16U, Csm_KeyElementGet(key, 1U, Table_Out(16U), Table_Room(16U)));
    WORKS("Csm_KeyElementGet", "more room than needed", 16U, Csm_KeyElementGet(key, 1U, Table_Out(64U), Table_Room(64U)));

    REFUSED("Csm_KeySetValid", "unknown key", E_NOT_OK, HANDLE(0x67U), Csm_KeySetValid(UNKNOWN));
    REFUSED("Csm_KeySetValid", "first key behind the last", E_NOT_OK, HANDLE(0x67U), Csm_KeySetValid(count));
    REFUSED("Csm_KeySetValid", "works", E_OK, Table_Silent(), Csm_KeySetValid(key));
    REFUSED("Csm_KeySetInvalid", "unknown key", E_NOT_OK, HANDLE(0x85U), Csm_KeySetInvalid(UNKNOWN));
    REFUSED("Csm_KeySetInvalid", "first key behind the last", E_NOT_OK, HANDLE(0x85U), Csm_KeySetInvalid(count));
    GIVES("Csm_KeyGetStatus", "valid", CRYPTO_KEYSTATUS_VALID, Csm_KeyGetStatus(key, Table_Verdict()));
    REFUSED("Csm_KeySetInvalid", "works", E_OK, Table_Silent(), Csm_KeySetInvalid(key));
    GIVES("Csm_KeyGetStatus", "invalid", CRYPTO_KEYSTATUS_INVALID, Csm_KeyGetStatus(key, Table_Verdict()));
    REFUSED("Csm_KeyGetStatus", "unknown key", E_NOT_OK, HANDLE(0x83U), Csm_KeyGetStatus(UNKNOWN, Table_Verdict()));
    REFUSED("Csm_KeyGetStatus", "first key behind the last", E_NOT_OK, HANDLE(0x83U), Csm_KeyGetStatus(count, Table_Verdict()));
    REFUSED("Csm_KeyGetStatus", "null", E_NOT_OK, POINTER(0x83U), Csm_KeyGetStatus(key, NULL_PTR));
#undef HANDLE
#undef POINTER
}
