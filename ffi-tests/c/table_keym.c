/* Rows: KeyM. */
#include "KeyM.h"
#include "KeyM_Cbk.h"
#include "table.h"

#define ROOT KeyMConf_KeyMCertificate_Root
#define LEAF KeyMConf_KeyMCertificate_Leaf
#define KEPT KeyMConf_KeyMCertificate_Kept
#define LIST KeyMConf_KeyMCertificate_List
#define UNKNOWN 0xFFFFU
#define BEHIND (KeyM_Config.certificateCount)
#define NAME KeyMConf_KeyMCertificateElement_SubjectCommonName
#define NO_ELEMENT 0xFFFFU
#define LONG_NAME 17U

Std_ReturnType Table_Verified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Outcome)
{
    (void)CertId;
    (void)Outcome;
    return E_OK;
}

Std_ReturnType Table_Serviced(KeyM_CertificateIdType CertId, KeyM_ResultType Code, uint16 ResultDataLength,
                              const uint8 *ResultDataPtr)
{
    (void)CertId;
    (void)Code;
    (void)ResultDataLength;
    (void)ResultDataPtr;
    return E_OK;
}

static Table_ReportType Report(uint8 apiId, uint8 errorId)
{
    Table_ReportType report = Table_Csm(apiId, errorId);
    report.moduleId = KEYM_MODULE_ID;
    return report;
}

static Table_ReportType Pointer(uint8 apiId)
{
    return Report(apiId, KEYM_E_PARAM_POINTER);
}

/* A word of 16 bits, in the first half of the length word. */
static uint16 *Room16(uint16 room)
{
    return (uint16 *)(void *)Table_Room(room);
}

static const uint8 *Named(const char *name)
{
    return Table_Secondary((const uint8 *)name, 4U);
}

/* A certificate in the caller's memory. */
static KeyM_CertDataType Cert;

static KeyM_CertDataType *Data(uint8 *data, uint32 length)
{
    Cert.certData = data;
    Cert.certDataLength = length;
    return &Cert;
}

static KeyM_CertElementIteratorType Iterator;

static KeyM_CertElementIteratorType *Blank(void)
{
    Test_Fill((uint8 *)&Iterator, 0U, (uint32)sizeof(Iterator));
    return &Iterator;
}

static Std_ReturnType Service16(KeyM_ServiceCertificateType service, const uint8 *name, uint32 nameLength, const uint8 *request,
                                uint32 requestLength, uint8 *response, uint32 room)
{
    return V2gcrypt_KeyM_ServiceCertificate16(service, name, (uint16)nameLength, request, (uint16)requestLength, response,
                                              (uint16)room);
}

static Std_ReturnType Service32(KeyM_ServiceCertificateType service, const uint8 *name, uint32 nameLength, const uint8 *request,
                                uint32 requestLength, uint8 *response, uint32 room)
{
    return V2gcrypt_KeyM_ServiceCertificate32(service, name, nameLength, request, requestLength, response, Table_Room(room));
}

static Std_ReturnType Service(KeyM_ServiceCertificateType service, const uint8 *name, uint32 nameLength, const uint8 *request,
                              uint32 requestLength, uint8 *response, uint32 room)
{
    return KeyM_ServiceCertificate(service, name, (uint16)nameLength, request, (uint16)requestLength, response, (uint16)room);
}

typedef struct
{
    const char *name;
    Std_ReturnType (*call)(KeyM_ServiceCertificateType service, const uint8 *name, uint32 nameLength, const uint8 *request,
                           uint32 requestLength, uint8 *response, uint32 room);
} ServiceType;

static const ServiceType Services[3] = {
    {"KeyM_ServiceCertificate", &Service},
    {"V2gcrypt_KeyM_ServiceCertificate16", &Service16},
    {"V2gcrypt_KeyM_ServiceCertificate32", &Service32},
};

/* Ids where a write would show. */
static KeyM_CertificateIdType *Ids(uint32 count)
{
    return (KeyM_CertificateIdType *)(void *)Table_Out(2U * count);
}

static KeyM_V2g_InfoType *Info(void)
{
    return (KeyM_V2g_InfoType *)(void *)Table_Out((uint32)sizeof(KeyM_V2g_InfoType));
}

static const uint8 *Emaid(void)
{
    return Table_Secondary((const uint8 *)"DEABC123456789", 14U);
}

static void UninitialisedStoreRows(void)
{
    const Table_ReportType uninit = Report(KEYM_SID_V2G, KEYM_E_UNINIT);
    REFUSED("KeyM_V2g_List", "before Init", E_NOT_OK, uninit, KeyM_V2g_List(KEYM_V2G_ROLE_NONE, Ids(8U), Room16(8U)));
    REFUSED("KeyM_V2g_GetDue", "before Init", E_NOT_OK, uninit, KeyM_V2g_GetDue(Ids(8U), Room16(8U)));
    REFUSED("KeyM_V2g_FindFree", "before Init", E_NOT_OK, uninit, KeyM_V2g_FindFree(KEYM_V2G_ROLE_NONE, Ids(1U)));
    REFUSED("KeyM_V2g_GetInfo", "before Init", E_NOT_OK, uninit, KeyM_V2g_GetInfo(ROOT, Info()));
    REFUSED("KeyM_V2g_SelectContract", "before Init", E_NOT_OK, uninit, KeyM_V2g_SelectContract(Emaid(), 14U, Ids(1U)));
    REFUSED("KeyM_V2g_SelectContractOfProviders", "before Init", E_NOT_OK, uninit,
            KeyM_V2g_SelectContractOfProviders(Emaid(), 1U, Ids(1U)));
}

void Table_UninitialisedKeymRows(void)
{
    uint32 i;
    UninitialisedStoreRows();
    REFUSED("KeyM_Deinit", "before Init", E_OK, Report(KEYM_SID_DEINIT, KEYM_E_UNINIT), VOID_CALL(KeyM_Deinit()));
    REFUSED("KeyM_MainFunction", "before Init", E_OK, Report(KEYM_SID_MAINFUNCTION, KEYM_E_UNINIT), VOID_CALL(KeyM_MainFunction()));
    REFUSED("KeyM_MainBackgroundFunction", "before Init", E_OK, Report(KEYM_SID_MAINBACKGROUNDFUNCTION, KEYM_E_UNINIT),
            VOID_CALL(KeyM_MainBackgroundFunction()));
    REFUSED("KeyM_CsmJobFinished", "before Init", E_OK, Report(KEYM_SID_CSMJOBFINISHED, KEYM_E_UNINIT),
            VOID_CALL(KeyM_CsmJobFinished(0U, E_OK)));
    REFUSED("KeyM_SetCertificate", "before Init", E_NOT_OK, Report(KEYM_SID_SETCERTIFICATE, KEYM_E_UNINIT),
            KeyM_SetCertificate(ROOT, NULL_PTR));
    REFUSED("KeyM_GetCertificate", "before Init", E_NOT_OK, Report(KEYM_SID_GETCERTIFICATE, KEYM_E_UNINIT),
            KeyM_GetCertificate(ROOT, Data(Table_Out(40U), 40U)));
    REFUSED("KeyM_VerifyCertificate", "before Init", E_NOT_OK, Report(KEYM_SID_VERIFYCERTIFICATE, KEYM_E_UNINIT),
            KeyM_VerifyCertificate(ROOT));
    REFUSED("KeyM_VerifyCertificates", "before Init", E_NOT_OK, Report(KEYM_SID_VERIFYCERTIFICATES, KEYM_E_UNINIT),
            KeyM_VerifyCertificates(LEAF, ROOT));
    REFUSED("KeyM_VerifyCertificateChain", "before Init", E_NOT_OK, Report(KEYM_SID_VERIFYCERTIFICATECHAIN, KEYM_E_UNINIT),
            KeyM_VerifyCertificateChain(LEAF, NULL_PTR, 0U));
    REFUSED("KeyM_CertGetStatus", "before Init", E_NOT_OK, Report(KEYM_SID_CERTGETSTATUS, KEYM_E_UNINIT),
            KeyM_CertGetStatus(ROOT, Table_Verdict()));
    REFUSED("KeyM_CertElementGet", "before Init", E_NOT_OK, Report(KEYM_SID_CERTELEMENTGET, KEYM_E_UNINIT),
            KeyM_CertElementGet(ROOT, NAME, Table_Out(40U), Table_Room(40U)));
    REFUSED("KeyM_CertElementGetFirst", "before Init", E_NOT_OK, Report(KEYM_SID_CERTELEMENTGETFIRST, KEYM_E_UNINIT),
            KeyM_CertElementGetFirst(ROOT, NAME, Blank(), Table_Out(40U), Table_Room(40U)));
    REFUSED("KeyM_CertElementGetNext", "before Init", E_NOT_OK, Report(KEYM_SID_CERTELEMENTGETNEXT, KEYM_E_UNINIT),
            KeyM_CertElementGetNext(Blank(), Table_Out(40U), Table_Room(40U)));
    REFUSED("KeyM_CertificateElementGetByIndex", "before Init", E_NOT_OK, Report(KEYM_SID_CERTIFICATEELEMENTGETBYINDEX, KEYM_E_UNINIT),
            KeyM_CertificateElementGetByIndex(ROOT, NAME, 0U, Table_Out(40U), Table_Room(40U)));
    REFUSED("KeyM_CertificateElementGetCount", "before Init", E_NOT_OK, Report(KEYM_SID_CERTIFICATEELEMENTGETCOUNT, KEYM_E_UNINIT),
            KeyM_CertificateElementGetCount(ROOT, NAME, Room16(7U)));
    REFUSED("KeyM_Start", "before Init", E_NOT_OK, Report(KEYM_SID_START, KEYM_E_UNINIT),
            KeyM_Start(KEYM_START_WORKSHOPMODE, NULL_PTR, 0U, Table_Out(8U), Room16(8U)));
    REFUSED("KeyM_Prepare", "before Init", E_NOT_OK, Report(KEYM_SID_PREPARE, KEYM_E_UNINIT),
            KeyM_Prepare(NULL_PTR, 0U, Table_Out(8U), Room16(8U)));
    REFUSED("KeyM_Update", "before Init", E_NOT_OK, Report(KEYM_SID_UPDATE, KEYM_E_UNINIT),
            KeyM_Update(Named("Cmac"), 4U, Table_In(16U), 16U, Table_Out(8U), 8U));
    REFUSED("KeyM_Finalize", "before Init", E_NOT_OK, Report(KEYM_SID_FINALIZE, KEYM_E_UNINIT),
            KeyM_Finalize(NULL_PTR, 0U, Table_Out(8U), 8U));
    REFUSED("KeyM_Verify", "before Init", E_NOT_OK, Report(KEYM_SID_VERIFY, KEYM_E_UNINIT),
            KeyM_Verify(Named("Cmac"), 4U, Table_In(16U), 16U, Table_Out(16U), Room16(16U)));
    REFUSED("KeyM_ServiceCertificateByCertId", "before Init", E_NOT_OK, Report(KEYM_SID_SERVICECERTIFICATEBYCERTID, KEYM_E_UNINIT),
            KeyM_ServiceCertificateByCertId(ROOT, KEYM_SERVICE_CERT_SET_ROOT, Table_In(40U), 40U, Table_Out(8U), Table_Room(8U)));
    for (i = 0U; i < 3U; i++)
    {
        REFUSED(Services[i].name, "before Init", E_NOT_OK, Report(KEYM_SID_SERVICECERTIFICATE, KEYM_E_UNINIT),
                Services[i].call(KEYM_SERVICE_CERT_SET_ROOT, Named("Root"), 4U, Table_In(40U), 40U, Table_Out(8U), 8U));
    }
}

static KeyM_ConfigType Changed;

/* A copy of the linked configuration, to be made wrong. */
static KeyM_ConfigType *Copied(void)
{
    Test_Copy((uint8 *)&Changed, (const uint8 *)&KeyM_Config, (uint32)sizeof(Changed));
    return &Changed;
}

static void ModuleRows(void)
{
    const Table_ReportType failed = Report(KEYM_SID_INIT, KEYM_E_INIT_FAILED);
    Copied()->magic ^= 1U;
    REFUSED("KeyM_Init", "another magic number", E_OK, failed, VOID_CALL(KeyM_Init(&Changed)));
    Copied()->configSize += 1U;
    REFUSED("KeyM_Init", "another size", E_OK, failed, VOID_CALL(KeyM_Init(&Changed)));
    Copied()->engineRamSize -= 1U;
    REFUSED("KeyM_Init", "too little RAM", E_OK, failed, VOID_CALL(KeyM_Init(&Changed)));
    Copied()->certificates = NULL_PTR;
    REFUSED("KeyM_Init", "no table of certificates", E_OK, failed, VOID_CALL(KeyM_Init(&Changed)));
    Copied()->nvM = NULL_PTR;
    REFUSED("KeyM_Init", "blocks without NvM", E_OK, failed, VOID_CALL(KeyM_Init(&Changed)));
    Copied()->nvmRecordSize -= 1U;
    REFUSED("KeyM_Init", "a record that is too small", E_OK, failed, VOID_CALL(KeyM_Init(&Changed)));
    Copied()->sha256JobId = KEYM_NO_JOB;
    REFUSED("KeyM_Init", "records without digest", E_OK, failed, VOID_CALL(KeyM_Init(&Changed)));
    REFUSED("KeyM_SetCertificate", "after a failed Init", E_NOT_OK, Report(KEYM_SID_SETCERTIFICATE, KEYM_E_UNINIT),
            KeyM_SetCertificate(ROOT, NULL_PTR));
    Test_ClearReports();
    KeyM_Init(NULL_PTR);
    Test_About("KeyM_Init");
    CHECK_CODE(0U, Test_Reports());
    REFUSED("KeyM_GetVersionInfo", "null", E_OK, Pointer(KEYM_SID_GETVERSIONINFO), VOID_CALL(KeyM_GetVersionInfo(NULL_PTR)));
    REFUSED("KeyM_MainFunction", "nothing to do", E_OK, Table_Silent(), VOID_CALL(KeyM_MainFunction()));
    REFUSED("KeyM_MainBackgroundFunction", "nothing to do", E_OK, Table_Silent(), VOID_CALL(KeyM_MainBackgroundFunction()));
    REFUSED("KeyM_CsmJobFinished", "a job that nobody waits for", E_OK, Table_Silent(),
            VOID_CALL(KeyM_CsmJobFinished(CsmConf_CsmJob_CheckNistSync, E_OK)));
    REFUSED("KeyM_CsmJobFinished", "an unknown job", E_OK, Table_Silent(), VOID_CALL(KeyM_CsmJobFinished(0xFFFFFFFFU, E_NOT_OK)));
}

static void SetRows(void)
{
    const uint32 most = 800U;
    static uint8 der[801];
    REFUSED("KeyM_SetCertificate", "null", E_NOT_OK, Pointer(KEYM_SID_SETCERTIFICATE), KeyM_SetCertificate(ROOT, NULL_PTR));
    REFUSED("KeyM_SetCertificate", "null bytes", E_NOT_OK, Pointer(KEYM_SID_SETCERTIFICATE),
            KeyM_SetCertificate(ROOT, Data(NULL_PTR, 10U)));
    REFUSED("KeyM_SetCertificate", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(), KeyM_SetCertificate(UNKNOWN, Data(der, 10U)));
    REFUSED("KeyM_SetCertificate", "first behind the last", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_SetCertificate(BEHIND, Data(der, 10U)));
    REFUSED("KeyM_SetCertificate", "one that is stored", E_NOT_OK, Report(KEYM_SID_SETCERTIFICATE, KEYM_E_CONFIG_FAILURE),
            KeyM_SetCertificate(KEPT, Data(der, 10U)));
    REFUSED("KeyM_SetCertificate", "one byte too long", KEYM_E_KEY_CERT_SIZE_MISMATCH, Table_Silent(),
            KeyM_SetCertificate(ROOT, Data(der, most + 1U)));
    REFUSED("KeyM_SetCertificate", "much too long", KEYM_E_KEY_CERT_SIZE_MISMATCH, Table_Silent(),
            KeyM_SetCertificate(ROOT, Data(der, 0xFFFFFFFFU)));
    REFUSED("KeyM_GetCertificate", "null", E_NOT_OK, Pointer(KEYM_SID_GETCERTIFICATE), KeyM_GetCertificate(ROOT, NULL_PTR));
    REFUSED("KeyM_GetCertificate", "null bytes", E_NOT_OK, Pointer(KEYM_SID_GETCERTIFICATE),
            KeyM_GetCertificate(ROOT, Data(NULL_PTR, 10U)));
    REFUSED("KeyM_GetCertificate", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_GetCertificate(UNKNOWN, Data(Table_Out(40U), 40U)));
    REFUSED("KeyM_GetCertificate", "none", KEYM_E_KEY_CERT_EMPTY, Table_Silent(), KeyM_GetCertificate(ROOT, Data(Table_Out(40U), 40U)));
    REFUSED("KeyM_CertGetStatus", "null", E_NOT_OK, Pointer(KEYM_SID_CERTGETSTATUS), KeyM_CertGetStatus(ROOT, NULL_PTR));
    REFUSED("KeyM_CertGetStatus", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(), KeyM_CertGetStatus(UNKNOWN, Table_Verdict()));
    REFUSED("KeyM_CertGetStatus", "first behind the last", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_CertGetStatus(BEHIND, Table_Verdict()));
    GIVES("KeyM_CertGetStatus", "an empty slot", KEYM_CERTIFICATE_NOT_AVAILABLE, KeyM_CertGetStatus(ROOT, Table_Verdict()));
}

static void VerifyRows(void)
{
    static uint8 der[8];
    KeyM_CertDataType chain[2];
    REFUSED("KeyM_VerifyCertificate", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(), KeyM_VerifyCertificate(UNKNOWN));
    REFUSED("KeyM_VerifyCertificate", "none", KEYM_E_KEY_CERT_EMPTY, Table_Silent(), KeyM_VerifyCertificate(LEAF));
    REFUSED("KeyM_VerifyCertificates", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(), KeyM_VerifyCertificates(UNKNOWN, ROOT));
    REFUSED("KeyM_VerifyCertificates", "unknown upper", KEYM_E_PARAMETER_MISMATCH, Table_Silent(), KeyM_VerifyCertificates(LEAF, UNKNOWN));
    REFUSED("KeyM_VerifyCertificates", "an upper that is not valid", KEYM_E_CERT_INVALID_CHAIN_OF_TRUST, Table_Silent(),
            KeyM_VerifyCertificates(LEAF, ROOT));
    chain[0].certData = der;
    chain[0].certDataLength = 8U;
    chain[1] = chain[0];
    REFUSED("KeyM_VerifyCertificateChain", "null", E_NOT_OK, Pointer(KEYM_SID_VERIFYCERTIFICATECHAIN),
            KeyM_VerifyCertificateChain(LEAF, NULL_PTR, 1U));
    REFUSED("KeyM_VerifyCertificateChain", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_VerifyCertificateChain(UNKNOWN, chain, 1U));
    REFUSED("KeyM_VerifyCertificateChain", "more than the depth", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_VerifyCertificateChain(LEAF, chain, 4U));
    REFUSED("KeyM_VerifyCertificateChain", "none in the slot", KEYM_E_KEY_CERT_EMPTY, Table_Silent(),
            KeyM_VerifyCertificateChain(LEAF, chain, 2U));
    chain[1].certDataLength = 0U;
    REFUSED("KeyM_VerifyCertificateChain", "one of no bytes", KEYM_E_KEY_CERT_SIZE_MISMATCH, Table_Silent(),
            KeyM_VerifyCertificateChain(LEAF, chain, 2U));
    chain[1].certDataLength = 0xFFFFFFFFU;
    REFUSED("KeyM_VerifyCertificateChain", "longer than there is room", KEYM_E_KEY_CERT_SIZE_MISMATCH, Table_Silent(),
            KeyM_VerifyCertificateChain(LEAF, chain, 2U));
    chain[1].certData = NULL_PTR;
    REFUSED("KeyM_VerifyCertificateChain", "null bytes", E_NOT_OK, Pointer(KEYM_SID_VERIFYCERTIFICATECHAIN),
            KeyM_VerifyCertificateChain(LEAF, chain, 2U));
}

static void ElementRows(void)
{
    const uint8 get = KEYM_SID_CERTELEMENTGET;
    const uint8 first = KEYM_SID_CERTELEMENTGETFIRST;
    const uint8 next = KEYM_SID_CERTELEMENTGETNEXT;
    const uint8 index = KEYM_SID_CERTIFICATEELEMENTGETBYINDEX;
    REFUSED("KeyM_CertElementGet", "null data", E_NOT_OK, Pointer(get), KeyM_CertElementGet(ROOT, NAME, NULL_PTR, Table_Room(8U)));
    REFUSED("KeyM_CertElementGet", "null length", E_NOT_OK, Pointer(get), KeyM_CertElementGet(ROOT, NAME, Table_Out(8U), NULL_PTR));
    REFUSED("KeyM_CertElementGet", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_CertElementGet(UNKNOWN, NAME, Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertElementGet", "unknown element", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_CertElementGet(ROOT, NO_ELEMENT, Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertElementGet", "none", KEYM_E_KEY_CERT_EMPTY, Table_Silent(),
            KeyM_CertElementGet(ROOT, NAME, Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertElementGetFirst", "null iterator", E_NOT_OK, Pointer(first),
            KeyM_CertElementGetFirst(ROOT, NAME, NULL_PTR, Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertElementGetFirst", "null data", E_NOT_OK, Pointer(first),
            KeyM_CertElementGetFirst(ROOT, NAME, Blank(), NULL_PTR, Table_Room(8U)));
    REFUSED("KeyM_CertElementGetFirst", "null length", E_NOT_OK, Pointer(first),
            KeyM_CertElementGetFirst(ROOT, NAME, Blank(), Table_Out(8U), NULL_PTR));
    REFUSED("KeyM_CertElementGetFirst", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_CertElementGetFirst(UNKNOWN, NAME, Blank(), Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertElementGetFirst", "none", KEYM_E_KEY_CERT_EMPTY, Table_Silent(),
            KeyM_CertElementGetFirst(ROOT, NAME, Blank(), Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertElementGetNext", "null iterator", E_NOT_OK, Pointer(next),
            KeyM_CertElementGetNext(NULL_PTR, Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertElementGetNext", "null data", E_NOT_OK, Pointer(next), KeyM_CertElementGetNext(Blank(), NULL_PTR, Table_Room(8U)));
    REFUSED("KeyM_CertElementGetNext", "null length", E_NOT_OK, Pointer(next), KeyM_CertElementGetNext(Blank(), Table_Out(8U), NULL_PTR));
    REFUSED("KeyM_CertElementGetNext", "an iterator that nobody has set up", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_CertElementGetNext(Blank(), Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertificateElementGetByIndex", "null data", E_NOT_OK, Pointer(index),
            KeyM_CertificateElementGetByIndex(ROOT, NAME, 0U, NULL_PTR, Table_Room(8U)));
    REFUSED("KeyM_CertificateElementGetByIndex", "null length", E_NOT_OK, Pointer(index),
            KeyM_CertificateElementGetByIndex(ROOT, NAME, 0U, Table_Out(8U), NULL_PTR));
    REFUSED("KeyM_CertificateElementGetByIndex", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_CertificateElementGetByIndex(UNKNOWN, NAME, 0U, Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertificateElementGetByIndex", "none", KEYM_E_KEY_CERT_EMPTY, Table_Silent(),
            KeyM_CertificateElementGetByIndex(ROOT, NAME, 0xFFFFFFFFU, Table_Out(8U), Table_Room(8U)));
    REFUSED("KeyM_CertificateElementGetCount", "null", E_NOT_OK, Pointer(KEYM_SID_CERTIFICATEELEMENTGETCOUNT),
            KeyM_CertificateElementGetCount(ROOT, NAME, NULL_PTR));
    REFUSED("KeyM_CertificateElementGetCount", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_CertificateElementGetCount(UNKNOWN, NAME, Room16(7U)));
    REFUSED("KeyM_CertificateElementGetCount", "none", KEYM_E_KEY_CERT_EMPTY, Table_Silent(),
            KeyM_CertificateElementGetCount(ROOT, NAME, Room16(7U)));
}

static void ServiceRows(const ServiceType *s)
{
    const uint8 sid = KEYM_SID_SERVICECERTIFICATE;
    const KeyM_ServiceCertificateType set = KEYM_SERVICE_CERT_SET_ROOT;
    REFUSED(s->name, "null name", E_NOT_OK, Pointer(sid), s->call(set, NULL_PTR, 4U, Table_In(40U), 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "no name", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            s->call(set, Named("Root"), 0U, Table_In(40U), 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "unknown name", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            s->call(set, Named("Toor"), 4U, Table_In(40U), 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "a part of a name", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            s->call(set, Named("Root"), 3U, Table_In(40U), 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "a name that is too long", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            s->call(set, Table_Secondary((const uint8 *)"RootRootRootRootR", LONG_NAME), LONG_NAME, Table_In(40U), 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "null request", E_NOT_OK, Pointer(sid), s->call(set, Named("Root"), 4U, NULL_PTR, 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "null response", E_NOT_OK, Pointer(sid), s->call(set, Named("Root"), 4U, Table_In(40U), 40U, NULL_PTR, 8U));
    REFUSED(s->name, "unknown service", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            s->call(0U, Named("Root"), 4U, Table_In(40U), 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "service of the user's range", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            s->call(0x9FU, Named("Root"), 4U, Table_In(40U), 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "a root for a leaf", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            s->call(set, Named("Leaf"), 4U, Table_In(40U), 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "a CRL for a root", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            s->call(KEYM_SERVICE_CERT_UPDATE_CRL, Named("Root"), 4U, Table_In(40U), 40U, Table_Out(8U), 8U));
    REFUSED(s->name, "a request for a certificate without key", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            s->call(KEYM_SERVICE_CERT_REQUEST_CSR, Named("Root"), 4U, NULL_PTR, 0U, Table_Out(8U), 8U));
    REFUSED(s->name, "an upper that is not valid", KEYM_E_CERT_INVALID_CHAIN_OF_TRUST, Table_Silent(),
            s->call(KEYM_SERVICE_CERT_SET_INTERMEDIATE, Named("Leaf"), 4U, Table_In(40U), 40U, Table_Out(8U), 8U));
}

static void ByIdRows(void)
{
    const char *const name = "KeyM_ServiceCertificateByCertId";
    const uint8 sid = KEYM_SID_SERVICECERTIFICATEBYCERTID;
    const KeyM_ServiceCertificateType set = KEYM_SERVICE_CERT_SET_ROOT;
    REFUSED(name, "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_ServiceCertificateByCertId(UNKNOWN, set, Table_In(40U), 40U, Table_Out(8U), Table_Room(8U)));
    REFUSED(name, "null request", E_NOT_OK, Pointer(sid),
            KeyM_ServiceCertificateByCertId(ROOT, set, NULL_PTR, 40U, Table_Out(8U), Table_Room(8U)));
    REFUSED(name, "null response", E_NOT_OK, Pointer(sid),
            KeyM_ServiceCertificateByCertId(ROOT, set, Table_In(40U), 40U, NULL_PTR, Table_Room(8U)));
    REFUSED(name, "unknown service", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_ServiceCertificateByCertId(ROOT, 0xFFU, Table_In(40U), 40U, Table_Out(8U), Table_Room(8U)));
    REFUSED(name, "a root for a leaf", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_ServiceCertificateByCertId(LEAF, set, Table_In(40U), 40U, Table_Out(8U), Table_Room(8U)));
    REFUSED(name, "an intermediate for a list", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_ServiceCertificateByCertId(LIST, KEYM_SERVICE_CERT_SET_INTERMEDIATE, Table_In(40U), 40U, Table_Out(8U), Table_Room(8U)));
}

static void KeyRows(void)
{
    const KeyM_StartType mode = KEYM_START_WORKSHOPMODE;
    REFUSED("KeyM_Start", "null request", E_NOT_OK, Pointer(KEYM_SID_START), KeyM_Start(mode, NULL_PTR, 4U, Table_Out(8U), Room16(8U)));
    REFUSED("KeyM_Start", "null response", E_NOT_OK, Pointer(KEYM_SID_START), KeyM_Start(mode, NULL_PTR, 0U, NULL_PTR, Room16(8U)));
    REFUSED("KeyM_Start", "null length", E_NOT_OK, Pointer(KEYM_SID_START), KeyM_Start(mode, NULL_PTR, 0U, Table_Out(8U), NULL_PTR));
    REFUSED("KeyM_Start", "unknown type", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_Start(0x03U, NULL_PTR, 0U, Table_Out(8U), Room16(8U)));
    REFUSED("KeyM_Start", "behind the user's range", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_Start(0xA0U, NULL_PTR, 0U, Table_Out(8U), Room16(8U)));
    REFUSED("KeyM_Prepare", "null length", E_NOT_OK, Pointer(KEYM_SID_PREPARE), KeyM_Prepare(NULL_PTR, 0U, Table_Out(8U), NULL_PTR));
    REFUSED("KeyM_Prepare", "null request", E_NOT_OK, Pointer(KEYM_SID_PREPARE), KeyM_Prepare(NULL_PTR, 4U, Table_Out(8U), Room16(8U)));
    REFUSED("KeyM_Prepare", "no session", E_NOT_OK, Table_Silent(), KeyM_Prepare(NULL_PTR, 0U, Table_Out(8U), Room16(8U)));
    REFUSED("KeyM_Update", "null name", E_NOT_OK, Pointer(KEYM_SID_UPDATE),
            KeyM_Update(NULL_PTR, 4U, Table_In(16U), 16U, Table_Out(8U), 8U));
    REFUSED("KeyM_Update", "null request", E_NOT_OK, Pointer(KEYM_SID_UPDATE),
            KeyM_Update(Named("Cmac"), 4U, NULL_PTR, 16U, Table_Out(8U), 8U));
    REFUSED("KeyM_Update", "null result", E_NOT_OK, Pointer(KEYM_SID_UPDATE),
            KeyM_Update(Named("Cmac"), 4U, Table_In(16U), 16U, NULL_PTR, 8U));
    REFUSED("KeyM_Update", "no session", E_NOT_OK, Table_Silent(),
            KeyM_Update(Named("Cmac"), 4U, Table_In(16U), 16U, Table_Out(8U), 8U));
    REFUSED("KeyM_Finalize", "null request", E_NOT_OK, Pointer(KEYM_SID_FINALIZE), KeyM_Finalize(NULL_PTR, 4U, Table_Out(8U), 8U));
    REFUSED("KeyM_Finalize", "null response", E_NOT_OK, Pointer(KEYM_SID_FINALIZE), KeyM_Finalize(NULL_PTR, 0U, NULL_PTR, 8U));
    REFUSED("KeyM_Finalize", "no session", E_NOT_OK, Table_Silent(), KeyM_Finalize(NULL_PTR, 0U, Table_Out(8U), 8U));
    REFUSED("KeyM_Verify", "null name", E_NOT_OK, Pointer(KEYM_SID_VERIFY),
            KeyM_Verify(NULL_PTR, 4U, Table_In(16U), 16U, Table_Out(16U), Room16(16U)));
    REFUSED("KeyM_Verify", "null request", E_NOT_OK, Pointer(KEYM_SID_VERIFY),
            KeyM_Verify(Named("Cmac"), 4U, NULL_PTR, 16U, Table_Out(16U), Room16(16U)));
    REFUSED("KeyM_Verify", "null length", E_NOT_OK, Pointer(KEYM_SID_VERIFY),
            KeyM_Verify(Named("Cmac"), 4U, Table_In(16U), 16U, Table_Out(16U), NULL_PTR));
    REFUSED("KeyM_Verify", "unknown key", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_Verify(Named("camC"), 4U, Table_In(16U), 16U, Table_Out(16U), Room16(16U)));
    /* In a session. */
    KeyM_Start(mode, NULL_PTR, 0U, Table_Out(8U), Room16(8U));
    REFUSED("KeyM_Update", "unknown key", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_Update(Named("camC"), 4U, Table_In(16U), 16U, Table_Out(8U), 8U));
    REFUSED("KeyM_Update", "one byte too long", KEYM_E_KEY_CERT_SIZE_MISMATCH, Table_Silent(),
            KeyM_Update(Named("Cmac"), 4U, Table_In(17U), 17U, Table_Out(8U), 8U));
    REFUSED("KeyM_Update", "no bytes", KEYM_E_KEY_CERT_SIZE_MISMATCH, Table_Silent(),
            KeyM_Update(Named("Cmac"), 4U, NULL_PTR, 0U, Table_Out(8U), 8U));
    REFUSED("KeyM_Update", "a name that is too long", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_Update(Table_Secondary((const uint8 *)"CmacCmacCmacCmacC", LONG_NAME), LONG_NAME, Table_In(16U), 16U, Table_Out(8U), 8U));
    REFUSED("KeyM_Prepare", "no key handler", E_NOT_OK, Table_Silent(), KeyM_Prepare(NULL_PTR, 0U, Table_Out(8U), Room16(8U)));
}

static void StoreRows(void)
{
    const Table_ReportType pointer = Pointer(KEYM_SID_V2G);
    REFUSED("KeyM_V2g_List", "null ids", E_NOT_OK, pointer, KeyM_V2g_List(KEYM_V2G_ROLE_NONE, NULL_PTR, Room16(8U)));
    REFUSED("KeyM_V2g_List", "null count", E_NOT_OK, pointer, KeyM_V2g_List(KEYM_V2G_ROLE_NONE, Ids(8U), NULL_PTR));
    REFUSED("KeyM_V2g_GetDue", "null ids", E_NOT_OK, pointer, KeyM_V2g_GetDue(NULL_PTR, Room16(8U)));
    REFUSED("KeyM_V2g_GetDue", "null count", E_NOT_OK, pointer, KeyM_V2g_GetDue(Ids(8U), NULL_PTR));
    REFUSED("KeyM_V2g_FindFree", "null", E_NOT_OK, pointer, KeyM_V2g_FindFree(KEYM_V2G_ROLE_NONE, NULL_PTR));
    REFUSED("KeyM_V2g_FindFree", "a role that no slot has", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_V2g_FindFree(KEYM_V2G_ROLE_CPS, Ids(1U)));
    REFUSED("KeyM_V2g_FindFree", "an unknown role", KEYM_E_PARAMETER_MISMATCH, Table_Silent(), KeyM_V2g_FindFree(0xFFU, Ids(1U)));
    REFUSED("KeyM_V2g_GetInfo", "null", E_NOT_OK, pointer, KeyM_V2g_GetInfo(ROOT, NULL_PTR));
    REFUSED("KeyM_V2g_GetInfo", "unknown", KEYM_E_PARAMETER_MISMATCH, Table_Silent(), KeyM_V2g_GetInfo(UNKNOWN, Info()));
    REFUSED("KeyM_V2g_GetInfo", "none", KEYM_E_KEY_CERT_EMPTY, Table_Silent(), KeyM_V2g_GetInfo(ROOT, Info()));
    REFUSED("KeyM_V2g_SelectContract", "null EMAID", E_NOT_OK, pointer, KeyM_V2g_SelectContract(NULL_PTR, 14U, Ids(1U)));
    REFUSED("KeyM_V2g_SelectContract", "null id", E_NOT_OK, pointer, KeyM_V2g_SelectContract(Emaid(), 14U, NULL_PTR));
    REFUSED("KeyM_V2g_SelectContract", "no EMAID", KEYM_E_PARAMETER_MISMATCH, Table_Silent(),
            KeyM_V2g_SelectContract(Emaid(), 13U, Ids(1U)));
    REFUSED("KeyM_V2g_SelectContract", "no bytes", KEYM_E_PARAMETER_MISMATCH, Table_Silent(), KeyM_V2g_SelectContract(Emaid(), 0U, Ids(1U)));
    REFUSED("KeyM_V2g_SelectContract", "no such contract", KEYM_E_KEY_CERT_EMPTY, Table_Silent(),
            KeyM_V2g_SelectContract(Emaid(), 14U, Ids(1U)));
    REFUSED("KeyM_V2g_SelectContractOfProviders", "null list", E_NOT_OK, pointer,
            KeyM_V2g_SelectContractOfProviders(NULL_PTR, 1U, Ids(1U)));
    REFUSED("KeyM_V2g_SelectContractOfProviders", "null id", E_NOT_OK, pointer,
            KeyM_V2g_SelectContractOfProviders(Emaid(), 1U, NULL_PTR));
    REFUSED("KeyM_V2g_SelectContractOfProviders", "no contract", KEYM_E_KEY_CERT_EMPTY, Table_Silent(),
            KeyM_V2g_SelectContractOfProviders(NULL_PTR, 0U, Ids(1U)));
}

void Table_KeymRows(void)
{
    uint32 i;
    ModuleRows();
    /* Blocks of NvM are read first. */
    for (i = 0U; i < 50U; i++)
    {
        KeyM_MainFunction();
        KeyM_MainBackgroundFunction();
    }
    SetRows();
    VerifyRows();
    ElementRows();
    for (i = 0U; i < 3U; i++)
    {
        ServiceRows(&Services[i]);
    }
    ByIdRows();
    KeyRows();
    StoreRows();
    Test_ClearReports();
    KeyM_Deinit();
    REFUSED("KeyM_VerifyCertificate", "after Deinit", E_NOT_OK, Report(KEYM_SID_VERIFYCERTIFICATE, KEYM_E_UNINIT),
            KeyM_VerifyCertificate(ROOT));
}
