/* Rows: CryIf. */
#include "CryIf_Cbk.h"
#include "table.h"
#include "table_jobs.h"

#define UNKNOWN 0xFFFFFFFEU
#define HANDLE(sid) Table_CryIf((sid), CRYIF_E_PARAM_HANDLE)
#define POINTER(sid) Table_CryIf((sid), CRYIF_E_PARAM_POINTER)
#define VALUE(sid) Table_CryIf((sid), CRYIF_E_PARAM_VALUE)

static const uint32 Channel = CryIfConf_CryIfChannel_ChSync;

static void JobRows(void)
{
    REFUSED("CryIf_ProcessJob", "unknown channel", E_NOT_OK, HANDLE(0x03U), CryIf_ProcessJob(UNKNOWN, Jobs_Make(&Jobs_Hash)));
    REFUSED("CryIf_ProcessJob", "first channel behind the last", E_NOT_OK, HANDLE(0x03U),
            CryIf_ProcessJob(CryIf_Config.channelCount, Jobs_Make(&Jobs_Hash)));
    REFUSED("CryIf_ProcessJob", "null", E_NOT_OK, POINTER(0x03U), CryIf_ProcessJob(Channel, NULL_PTR));
    REFUSED("CryIf_ProcessJob", "unknown channel comes before null", E_NOT_OK, HANDLE(0x03U), CryIf_ProcessJob(UNKNOWN, NULL_PTR));
    REFUSED("CryIf_ProcessJob", "a job without description", E_NOT_OK, POINTER(0x03U), CryIf_ProcessJob(Channel, Jobs_WithoutInfo()));
    REFUSED("CryIf_ProcessJob", "a job without primitive", E_NOT_OK, POINTER(0x03U),
            CryIf_ProcessJob(Channel, Jobs_WithoutPrimitive()));
    REFUSED("CryIf_ProcessJob", "unknown key", E_NOT_OK, HANDLE(0x03U),
            CryIf_ProcessJob(Channel, Jobs_WithKey(&Jobs_Generate, CryIf_Config.keyCount)));
    REFUSED("CryIf_ProcessJob", "what the driver refuses", E_NOT_OK, Table_Crypto(0x03U, 0x02U),
            CryIf_ProcessJob(Channel, Jobs_WithInput(&Jobs_Hash, NULL_PTR, 8U)));
    REFUSED("CryIf_ProcessJob", "wrong mode", E_NOT_OK, Table_Silent(), CryIf_ProcessJob(Channel, Jobs_WithMode(&Jobs_Hash, 0x05U)));
    WORKS("CryIf_ProcessJob", "a job without key", 32U, CryIf_ProcessJob(Channel, Jobs_Make(&Jobs_Hash)));
    WORKS("CryIf_ProcessJob", "a job with a key", 16U, CryIf_ProcessJob(Channel, Jobs_Make(&Jobs_Generate)));

    REFUSED("CryIf_CancelJob", "unknown channel", E_NOT_OK, HANDLE(0x0EU), CryIf_CancelJob(UNKNOWN, Jobs_Make(&Jobs_Hash)));
    REFUSED("CryIf_CancelJob", "first channel behind the last", E_NOT_OK, HANDLE(0x0EU),
            CryIf_CancelJob(CryIf_Config.channelCount, Jobs_Make(&Jobs_Hash)));
    REFUSED("CryIf_CancelJob", "null", E_NOT_OK, POINTER(0x0EU), CryIf_CancelJob(Channel, NULL_PTR));
    REFUSED("CryIf_CancelJob", "a job that the driver does not know", E_OK, Table_Silent(),
            CryIf_CancelJob(Channel, Jobs_Make(&Jobs_Hash)));
    REFUSED("CryIf_CallbackNotification", "null", E_OK, POINTER(0x0DU), VOID_CALL(CryIf_CallbackNotification(NULL_PTR, E_OK)));
    REFUSED("CryIf_CallbackNotification", "a job that is idle", E_OK, Table_Silent(),
            VOID_CALL(CryIf_CallbackNotification(&Csm_Config.jobRecords[0], E_OK)));
    REFUSED("CryIf_CallbackNotification", "a job that Csm does not know", E_OK, Table_Csm(CSM_SID_CALLBACKNOTIFICATION, CSM_E_PARAM_HANDLE),
            VOID_CALL(CryIf_CallbackNotification(Jobs_Make(&Jobs_Hash), E_OK)));
}

static void KeyRows(void)
{
    const uint32 key = CryIfConf_CryIfKey_SpareKey;
    const uint32 count = CryIf_Config.keyCount;
    REFUSED("CryIf_KeyElementSet", "unknown key", E_NOT_OK, HANDLE(0x04U), CryIf_KeyElementSet(UNKNOWN, 1U, Table_In(16U), 16U));
    REFUSED("CryIf_KeyElementSet", "first key behind the last", E_NOT_OK, HANDLE(0x04U),
            CryIf_KeyElementSet(count, 1U, Table_In(16U), 16U));
    REFUSED("CryIf_KeyElementSet", "null", E_NOT_OK, POINTER(0x04U), CryIf_KeyElementSet(key, 1U, NULL_PTR, 16U));
    REFUSED("CryIf_KeyElementSet", "no bytes", E_NOT_OK, VALUE(0x04U), CryIf_KeyElementSet(key, 1U, Table_In(16U), 0U));
    REFUSED("CryIf_KeyElementSet", "one too short", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(),
            CryIf_KeyElementSet(key, 1U, Table_In(15U), 15U));
    REFUSED("CryIf_KeyElementSet", "works", E_OK, Table_Silent(), CryIf_KeyElementSet(key, 1U, Table_In(16U), 16U));
    REFUSED("CryIf_KeyElementGet", "unknown key", E_NOT_OK, HANDLE(0x06U),
            CryIf_KeyElementGet(UNKNOWN, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED("CryIf_KeyElementGet", "first key behind the last", E_NOT_OK, HANDLE(0x06U),
            CryIf_KeyElementGet(count, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED("CryIf_KeyElementGet", "null result", E_NOT_OK, POINTER(0x06U), CryIf_KeyElementGet(key, 1U, NULL_PTR, Table_Room(16U)));
    REFUSED("CryIf_KeyElementGet", "null length", E_NOT_OK, POINTER(0x06U), CryIf_KeyElementGet(key, 1U, Table_Out(16U), NULL_PTR));
    REFUSED("CryIf_KeyElementGet", "no room", E_NOT_OK, VALUE(0x06U), CryIf_KeyElementGet(key, 1U, Table_Out(16U), Table_Room(0U)));
    REFUSED("CryIf_KeyElementGet", "one byte too little room", E_NOT_OK, Table_Silent(),
            CryIf_KeyElementGet(key, 1U, Table_Out(15U), Table_Room(15U)));
    REFUSED("CryIf_KeyElementGet", "length word over the result", E_NOT_OK, Table_Crypto(0x06U, 0x02U),
            CryIf_KeyElementGet(key, 1U, (uint8 *)Table_Room(16U), Table_Room(16U)));
    WORKS("CryIf_KeyElementGet", "works", 16U, CryIf_KeyElementGet(key, 1U, Table_Out(16U), Table_Room(16U)));
    REFUSED("CryIf_KeySetValid", "unknown key", E_NOT_OK, HANDLE(0x05U), CryIf_KeySetValid(UNKNOWN));
    REFUSED("CryIf_KeySetValid", "first key behind the last", E_NOT_OK, HANDLE(0x05U), CryIf_KeySetValid(count));
    REFUSED("CryIf_KeySetValid", "works", E_OK, Table_Silent(), CryIf_KeySetValid(key));
    GIVES("CryIf_KeyGetStatus", "valid", CRYPTO_KEYSTATUS_VALID, CryIf_KeyGetStatus(key, Table_Verdict()));
    REFUSED("CryIf_KeySetInvalid", "unknown key", E_NOT_OK, HANDLE(0x15U), CryIf_KeySetInvalid(UNKNOWN));
    REFUSED("CryIf_KeySetInvalid", "first key behind the last", E_NOT_OK, HANDLE(0x15U), CryIf_KeySetInvalid(count));
    REFUSED("CryIf_KeySetInvalid", "works", E_OK, Table_Silent(), CryIf_KeySetInvalid(key));
    GIVES("CryIf_KeyGetStatus", "invalid", CRYPTO_KEYSTATUS_INVALID, CryIf_KeyGetStatus(key, Table_Verdict()));
    REFUSED("CryIf_KeyGetStatus", "unknown key", E_NOT_OK, HANDLE(0x14U), CryIf_KeyGetStatus(UNKNOWN, Table_Verdict()));
    REFUSED("CryIf_KeyGetStatus", "first key behind the last", E_NOT_OK, HANDLE(0x14U), CryIf_KeyGetStatus(count, Table_Verdict()));
    REFUSED("CryIf_KeyGetStatus", "null", E_NOT_OK, POINTER(0x14U), CryIf_KeyGetStatus(key, NULL_PTR));
}

/* A configuration of two drivers: a key of the one does not go with an object of the other. */
static void OtherDriverRows(void)
{
    static CryIf_DriverType other;
    static CryIf_KeyConfigType keys[32];
    CryIf_ConfigType two = CryIf_Config;
    uint32 i;
    other = *CryIf_Config.keys[0].driver;
    for (i = 0U; i < CryIf_Config.keyCount; i++)
    {
        keys[i] = CryIf_Config.keys[i];
        keys[i].driver = &other;
    }
    two.keys = keys;
    REFUSED("CryIf_Init", "a configuration by pointer", E_OK, Table_Silent(), VOID_CALL(CryIf_Init(&two)));
    REFUSED("CryIf_ProcessJob", "a key of another driver", E_NOT_OK, HANDLE(0x03U),
            CryIf_ProcessJob(Channel, Jobs_Make(&Jobs_Generate)));
    WORKS("CryIf_ProcessJob", "no key of another driver", 32U, CryIf_ProcessJob(Channel, Jobs_Make(&Jobs_Hash)));
    CryIf_Init(NULL_PTR); /* `two` ends here */
}

static void InitRows(void)
{
    uint32 i;
    for (i = 0U; i < 5U; i++)
    {
        CryIf_ConfigType broken = CryIf_Config;
        switch (i)
        {
        case 0U: broken.magic = 0U; break;
        case 1U: broken.configSize -= 1U; break;
        case 2U: broken.driverSize += 8U; break;
        case 3U: broken.channels = NULL_PTR; break;
        default: broken.keys = NULL_PTR; break;
        }
        REFUSED("CryIf_Init", "a configuration that is wrong", E_OK, Table_CryIf(0x00U, CRYIF_E_INIT_FAILED),
                VOID_CALL(CryIf_Init(&broken)));
        REFUSED("CryIf_KeySetValid", "after a failed Init, as before", E_OK, Table_Silent(), CryIf_KeySetValid(0U));
    }
    REFUSED("CryIf_Init", "the linked configuration", E_OK, Table_Silent(), VOID_CALL(CryIf_Init(NULL_PTR)));
    REFUSED("CryIf_GetVersionInfo", "null", E_OK, POINTER(0x01U), VOID_CALL(CryIf_GetVersionInfo(NULL_PTR)));
    WORKS("CryIf_GetVersionInfo", "works", (uint32)sizeof(Std_VersionInfoType),
          VOID_CALL(CryIf_GetVersionInfo((Std_VersionInfoType *)(void *)Table_Out((uint32)sizeof(Std_VersionInfoType)))));
}

void Table_CryIfRows(void)
{
    Stack_Init();
    Stack_LoadKeys();
    JobRows();
    KeyRows();
    OtherDriverRows();
    InitRows();
}
