/* A vehicle's basic software and its certificates: a root is installed, the chain of a charging station and of a provisioning
 * service is verified, elements are read, bad certificates are refused. KeyM over Csm, CryIf and the soft driver.
 *
 * argv[1] is a folder with certificates and OCSP responses; ffi-tests/src/pki.rs makes them. */
#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"
#include "KeyM.h"

#include <stdio.h>
#include <string.h>

#include "support.h"

#define MAX_CYCLES 20000U
#define LARGEST 4096U

#define ROOT KeyMConf_KeyMCertificate_V2gRoot0
#define SUB1 KeyMConf_KeyMCertificate_SeccSubCa1
#define SUB2 KeyMConf_KeyMCertificate_SeccSubCa2
#define SECC KeyMConf_KeyMCertificate_Secc
#define CPS KeyMConf_KeyMCertificate_Cps

typedef struct
{
    uint32 length;
    uint8 der[LARGEST];
} FileType;

static FileType Root;
static FileType Sub1;
static FileType Sub2;
static FileType Secc;
static FileType Cps;
static FileType Stranger;
static FileType Status;
static const char *Folder;

/* What the callbacks were told. */
static uint32 Verified;
static KeyM_CertificateIdType VerifiedId;
static KeyM_CertificateStatusType Verdict;
static uint32 Serviced;
static KeyM_CertificateIdType ServicedId;
static KeyM_ResultType ServiceResult;

Std_ReturnType Evcc_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Outcome)
{
    Verified++;
    VerifiedId = CertId;
    Verdict = Outcome;
    return E_OK;
}

Std_ReturnType Evcc_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Code, uint16 ResultDataLength,
                                        const uint8 *ResultDataPtr)
{
    Serviced++;
    ServicedId = CertId;
    ServiceResult = Code;
    CHECK((ResultDataLength == 0U) || (ResultDataPtr != NULL_PTR));
    return E_OK;
}

/* Cps has a port at the RTE; without one these are the application's. */
Std_ReturnType KeyM_Cps_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    return Evcc_CertificateVerified(CertId, Result);
}

Std_ReturnType KeyM_Cps_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Code, uint16 ResultDataLength,
                                            const uint8 *ResultDataPtr)
{
    return Evcc_CertificateServiced(CertId, Code, ResultDataLength, ResultDataPtr);
}

/* Jobs of other software components; none is started here. */
#define OTHER(name)                                          \
    void name(uint32 jobId, Crypto_ResultType result)        \
    {                                                        \
        CHECK_CODE(0xFFFFFFFFU, jobId);                      \
        CHECK_CODE(0xFFU, result);                           \
    }
OTHER(Evcc_ContractSignFinished)
OTHER(Evcc_LogDigestFinished)
OTHER(Evcc_MessageVerifyFinished)
OTHER(Evcc_ProvisioningFinished)
OTHER(Evcc_RecordMacFinished)

static void Cycle(void)
{
    KeyM_MainFunction();
    KeyM_MainBackgroundFunction();
    Csm_MainFunction();
    Crypto_MainFunction();
    Crypto_MainFunctionBackground();
}

/* Cycles until a callback has come, and a few more: it comes once. */
static void Await(const uint32 *callbacks)
{
    uint32 cycle;
    for (cycle = 0U; (cycle < MAX_CYCLES) && (*callbacks == 0U); cycle++)
    {
        Cycle();
    }
    for (cycle = 0U; cycle < 20U; cycle++)
    {
        Cycle();
    }
    CHECK_CODE(1U, *callbacks);
}

static KeyM_CertificateStatusType StatusOf(KeyM_CertificateIdType id)
{
    KeyM_CertificateStatusType status = 0xFFU;
    CHECK_CODE(E_OK, KeyM_CertGetStatus(id, &status));
    return status;
}

static boolean Load(const char *name, FileType *file)
{
    char path[512];
    FILE *stream;
    (void)snprintf(path, sizeof(path), "%s/%s", Folder, name);
    stream = fopen(path, "rb");
    file->length = 0U;
    if (stream != NULL)
    {
        file->length = (uint32)fread(file->der, 1U, sizeof(file->der), stream);
        (void)fclose(stream);
    }
    return (file->length > 0U) ? TRUE : FALSE;
}

static KeyM_CertDataType DataOf(FileType *file)
{
    KeyM_CertDataType data;
    data.certDataLength = file->length;
    data.certData = file->der;
    return data;
}

/* Sets a certificate, and waits until it is parsed. */
static void Set(KeyM_CertificateIdType id, FileType *file, KeyM_CertificateStatusType expected)
{
    const KeyM_CertDataType data = DataOf(file);
    uint32 cycle;
    CHECK_CODE(E_OK, KeyM_SetCertificate(id, &data));
    CHECK_CODE(KEYM_CERTIFICATE_NOT_PARSED, StatusOf(id));
    for (cycle = 0U; (cycle < MAX_CYCLES) && (StatusOf(id) == KEYM_CERTIFICATE_NOT_PARSED); cycle++)
    {
        Cycle();
    }
    CHECK_CODE(expected, StatusOf(id));
}

static void Serve(const char *name, KeyM_CertificateIdType id, KeyM_ServiceCertificateType service, const FileType *file,
                  KeyM_ResultType expected)
{
    Serviced = 0U;
    ServiceResult = 0xFFU;
    CHECK_CODE(E_OK, KeyM_ServiceCertificate(service, (const uint8 *)name, (uint16)strlen(name), file->der, (uint16)file->length,
                                             NULL_PTR, 0U));
    CHECK_CODE(0U, Serviced);
    Await(&Serviced);
    CHECK_CODE(expected, ServiceResult);
    CHECK_CODE(id, ServicedId);
}

static void Verify(KeyM_CertificateIdType id, KeyM_CertificateStatusType expected)
{
    Verified = 0U;
    Verdict = 0xFFU;
    CHECK_CODE(E_OK, KeyM_VerifyCertificate(id));
    CHECK_CODE(KEYM_E_BUSY, KeyM_VerifyCertificate(id));
    CHECK_CODE(0U, Verified);
    Await(&Verified);
    CHECK_CODE(id, VerifiedId);
    CHECK_CODE(expected, Verdict);
    CHECK_CODE(expected, StatusOf(id));
}

static void InstallsTheRoot(void)
{
    Test_About("a root is installed");
    CHECK_CODE(KEYM_CERTIFICATE_NOT_AVAILABLE, StatusOf(ROOT));
    /* What is kept in NvM is not simply set. */
    {
        const KeyM_CertDataType data = DataOf(&Root);
        CHECK_CODE(E_NOT_OK, KeyM_SetCertificate(ROOT, &data));
        CHECK_CODE(KEYM_E_CONFIG_FAILURE, Test_LastReport().errorId);
        CHECK_CODE(KEYM_MODULE_ID, Test_LastReport().moduleId);
        Test_ClearReports();
    }
    /* A leaf is no root. */
    Serve("V2gRoot0", ROOT, KEYM_SERVICE_CERT_SET_ROOT, &Secc, KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST);
    CHECK_CODE(KEYM_CERTIFICATE_NOT_AVAILABLE, StatusOf(ROOT));
    Serve("V2gRoot0", ROOT, KEYM_SERVICE_CERT_SET_ROOT, &Root, KEYM_RT_OK);
    CHECK_CODE(KEYM_CERTIFICATE_VALID, StatusOf(ROOT));
}

/* The station's chain as TLS delivers it, with the status of each certificate. */
static void VerifiesTheStation(void)
{
    Test_About("the station");
    Set(SUB1, &Sub1, KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    Set(SUB2, &Sub2, KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    Set(SECC, &Secc, KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    /* ISO 15118-2 wants to know the status of every certificate. */
    Verified = 0U;
    CHECK_CODE(E_OK, KeyM_VerifyCertificate(SECC));
    Await(&Verified);
    CHECK(Verdict != KEYM_CERTIFICATE_VALID);
    CHECK(Load("sub1.ocsp", &Status));
    Serve("SeccSubCa1", SUB1, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &Status, KEYM_RT_OK);
    CHECK(Load("sub2.ocsp", &Status));
    Serve("SeccSubCa2", SUB2, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &Status, KEYM_RT_OK);
    CHECK(Load("secc.ocsp", &Status));
    Serve("Secc", SECC, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &Status, KEYM_RT_OK);
    Verify(SECC, KEYM_CERTIFICATE_VALID);
    /* Again: nothing is left over. */
    Verify(SECC, KEYM_CERTIFICATE_VALID);
}

static void ReadsElements(void)
{
    uint8 value[256];
    uint32 length = sizeof(value);
    uint16 count = 0U;
    KeyM_CertElementIteratorType iterator;
    KeyM_CertDataType copy;
    Test_About("elements");
    CHECK_CODE(E_OK, KeyM_CertElementGet(SECC, KeyMConf_KeyMCertificateElement_SubjectCommonName, value, &length));
    CHECK_CODE(12U, length);
    CHECK(Test_Same(value, (const uint8 *)"DEV2G0000001", 12U));
    length = sizeof(value);
    CHECK_CODE(E_OK, KeyM_CertElementGet(SECC, KeyMConf_KeyMCertificateElement_SerialNumber, value, &length));
    CHECK_CODE(1U, length);
    CHECK_CODE(4U, value[0]);
    length = sizeof(value);
    CHECK_CODE(E_OK, KeyM_CertElementGetFirst(SECC, KeyMConf_KeyMCertificateElement_DomainComponent, &iterator, value, &length));
    CHECK((length == 3U) && Test_Same(value, (const uint8 *)"CPO", 3U));
    length = sizeof(value);
    CHECK_CODE(KEYM_E_KEY_CERT_EMPTY, KeyM_CertElementGetNext(&iterator, value, &length));
    CHECK_CODE(E_OK, KeyM_CertificateElementGetCount(SECC, KeyMConf_KeyMCertificateElement_DomainComponent, &count));
    CHECK_CODE(1U, count);
    length = 2U;
    CHECK_CODE(KEYM_E_KEY_CERT_SIZE_MISMATCH,
               KeyM_CertElementGet(SECC, KeyMConf_KeyMCertificateElement_SubjectCommonName, value, &length));
    copy.certData = value;
    copy.certDataLength = 10U;
    CHECK_CODE(KEYM_E_KEY_CERT_SIZE_MISMATCH, KeyM_GetCertificate(SECC, &copy));
}

/* A provisioning service sends its sub-CAs with its certificate, in any order, and with one too many. */
static void VerifiesTheProvisioningService(void)
{
    KeyM_CertDataType chain[3];
    Test_About("the provisioning service");
    Set(CPS, &Cps, KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    chain[0] = DataOf(&Sub1);
    chain[1] = DataOf(&Secc);
    chain[2] = DataOf(&Sub2);
    Verified = 0U;
    CHECK_CODE(E_OK, KeyM_VerifyCertificateChain(CPS, chain, 3U));
    Await(&Verified);
    CHECK_CODE(CPS, VerifiedId);
    CHECK_CODE(KEYM_CERTIFICATE_VALID, Verdict);
    CHECK_CODE(KEYM_CERTIFICATE_VALID, StatusOf(CPS));
    /* Without one of them there is no path. */
    Set(CPS, &Cps, KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    Verified = 0U;
    CHECK_CODE(E_OK, KeyM_VerifyCertificateChain(CPS, &chain[2], 1U));
    Await(&Verified);
    CHECK_CODE(KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST, Verdict);
}

static void RefusesBadOnes(void)
{
    FileType bad = Secc;
    Test_About("bad certificates");
    /* One bit of the signature. */
    bad.der[bad.length - 1U] ^= 1U;
    Set(SECC, &bad, KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    Verify(SECC, KEYM_E_CERTIFICATE_SIGNATURE_FAIL);
    /* No certificate at all. */
    bad.der[0] ^= 1U;
    Set(SECC, &bad, KEYM_E_CERTIFICATE_INVALID_FORMAT);
    Verify(SECC, KEYM_E_CERTIFICATE_INVALID_FORMAT);
    /* Of somebody whose root is not known. */
    Set(SECC, &Stranger, KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    Verify(SECC, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
    /* Nothing removes it. [SWS_KeyM_00141] */
    bad.length = 0U;
    {
        const KeyM_CertDataType none = DataOf(&bad);
        CHECK_CODE(E_OK, KeyM_SetCertificate(SECC, &none));
    }
    CHECK_CODE(KEYM_CERTIFICATE_NOT_AVAILABLE, StatusOf(SECC));
    CHECK_CODE(KEYM_E_KEY_CERT_EMPTY, KeyM_VerifyCertificate(SECC));
    CHECK_CODE(KEYM_CERTIFICATE_VALID, StatusOf(ROOT));
}

/* The root outlives a reset; what is in RAM does not. */
static void OutlivesAReset(void)
{
    KeyM_CertDataType copy;
    static uint8 room[LARGEST];
    uint32 cycle;
    Test_About("a reset");
    for (cycle = 0U; cycle < 200U; cycle++)
    {
        Cycle();
    }
    KeyM_Deinit();
    KeyM_Init(NULL_PTR);
    for (cycle = 0U; (cycle < MAX_CYCLES) && (StatusOf(ROOT) != KEYM_CERTIFICATE_VALID); cycle++)
    {
        Cycle();
    }
    CHECK_CODE(KEYM_CERTIFICATE_VALID, StatusOf(ROOT));
    CHECK_CODE(KEYM_CERTIFICATE_NOT_AVAILABLE, StatusOf(SUB1));
    copy.certData = room;
    copy.certDataLength = sizeof(room);
    CHECK_CODE(E_OK, KeyM_GetCertificate(ROOT, &copy));
    CHECK_CODE(Root.length, copy.certDataLength);
    CHECK(Test_Same(room, Root.der, Root.length));
}

int main(int argc, char **argv)
{
    uint32 cycle;
    Folder = (argc > 1) ? argv[1] : ".";
    CHECK(Load("root.der", &Root) && Load("sub1.der", &Sub1) && Load("sub2.der", &Sub2));
    CHECK(Load("secc.der", &Secc) && Load("cps.der", &Cps) && Load("stranger.der", &Stranger));
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    KeyM_Init(NULL_PTR);
    /* Blocks are read from NvM. */
    for (cycle = 0U; cycle < 500U; cycle++)
    {
        Cycle();
    }
    InstallsTheRoot();
    VerifiesTheStation();
    ReadsElements();
    VerifiesTheProvisioningService();
    RefusesBadOnes();
    OutlivesAReset();
    Test_About("the end");
    CHECK_CODE(0U, Test_Reports());
    return Test_End("keym");
}
