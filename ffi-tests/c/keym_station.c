/* A station gets its certificate: the key is generated in it, the request goes out, and leaf and Sub-CAs come back in one message. No
 * responder has spoken of them yet. The whole of arxml/secc.arxml and arxml/secc_keym.arxml, as they are.
 *
 * argv[1] is a folder with the root. The request is written there; when it is, a line is printed, and the answer is expected there as
 * soon as a line comes in. */
#include "CryIf.h"
#include "Crypto_0_Asymmetric.h"
#include "Crypto_0_Symmetric.h"
#include "Csm.h"
#include "KeyM.h"

#include <stdio.h>
#include <string.h>

#include "support.h"

#define MAX_CYCLES 20000U

typedef struct
{
    uint32 length;
    uint8 der[4096];
} FileType;

static FileType File;
static uint8 Request[1024];
static uint32 Serviced;
static KeyM_ResultType ServiceResult;
static uint16 ResponseLength;

Std_ReturnType Secc_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    (void)CertId;
    (void)Result;
    return E_OK;
}

Std_ReturnType Secc_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Result, uint16 ResultDataLength,
                                        const uint8 *ResultDataPtr)
{
    (void)CertId;
    (void)ResultDataPtr;
    Serviced++;
    ServiceResult = Result;
    ResponseLength = ResultDataLength;
    return E_OK;
}

/* Contract has a port at the RTE; without one these are the application's. */
Std_ReturnType KeyM_Contract_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    return Secc_CertificateVerified(CertId, Result);
}

Std_ReturnType KeyM_Contract_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Result, uint16 ResultDataLength,
                                                 const uint8 *ResultDataPtr)
{
    return Secc_CertificateServiced(CertId, Result, ResultDataLength, ResultDataPtr);
}

/* Jobs of other software components; none is started here. */
#define OTHER(name)                                   \
    void name(uint32 jobId, Crypto_ResultType result) \
    {                                                 \
        CHECK_CODE(0xFFFFFFFFU, jobId);               \
        CHECK_CODE(0xFFU, result);                    \
    }
OTHER(Secc_BackendMacFinished)
OTHER(Secc_ChainVerifyFinished)
OTHER(Secc_FirmwareDigestFinished)
OTHER(Secc_MessageVerifyFinished)
OTHER(Secc_TariffSignFinished)

static void Cycle(void)
{
    KeyM_MainFunction();
    KeyM_MainBackgroundFunction();
    Csm_MainFunction_Charging();
    Csm_MainFunction_Signatures();
    Crypto_0_Symmetric_MainFunction();
    Crypto_0_Symmetric_MainFunctionBackground();
    Crypto_0_Asymmetric_MainFunction();
    Crypto_0_Asymmetric_MainFunctionBackground();
}

static boolean Load(const char *folder, const char *name)
{
    char path[512];
    FILE *stream;
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    stream = fopen(path, "rb");
    File.length = 0U;
    if (stream != NULL)
    {
        File.length = (uint32)fread(File.der, 1U, sizeof(File.der), stream);
        (void)fclose(stream);
    }
    return (File.length > 0U) ? TRUE : FALSE;
}

static void Save(const char *folder, const char *name)
{
    char path[512];
    FILE *stream;
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    stream = fopen(path, "wb");
    CHECK(stream != NULL);
    if (stream != NULL)
    {
        CHECK_CODE(ResponseLength, fwrite(Request, 1U, ResponseLength, stream));
        (void)fclose(stream);
    }
}

static void Serve(const char *name, KeyM_ServiceCertificateType service, KeyM_ResultType expected)
{
    uint32 cycle;
    Serviced = 0U;
    ServiceResult = 0xFFU;
    CHECK_CODE(E_OK, KeyM_ServiceCertificate(service, (const uint8 *)name, (uint16)strlen(name), File.der, (uint16)File.length,
                                             Request, (uint16)sizeof(Request)));
    for (cycle = 0U; (cycle < MAX_CYCLES) && (Serviced == 0U); cycle++)
    {
        Cycle();
    }
    CHECK_CODE(1U, Serviced);
    CHECK_CODE(expected, ServiceResult);
}

static KeyM_CertificateStatusType StatusOf(KeyM_CertificateIdType id)
{
    KeyM_CertificateStatusType status = 0xFFU;
    CHECK_CODE(E_OK, KeyM_CertGetStatus(id, &status));
    return status;
}

int main(int argc, char **argv)
{
    const char *folder = (argc > 1) ? argv[1] : ".";
    uint8 recordKey[32];
    uint8 name[64];
    uint32 length = sizeof(name);
    char line[16];
    uint32 cycle;
    Crypto_0_Symmetric_Init(NULL_PTR);
    Crypto_0_Asymmetric_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    /* Authenticates what KeyM keeps in NvM: valid before KeyM_Init. */
    Test_Fill(recordKey, 0x5AU, sizeof(recordKey));
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_RecordKey, CRYPTO_KE_MAC_KEY, recordKey, sizeof(recordKey)));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_RecordKey));
    KeyM_Init(NULL_PTR);
    for (cycle = 0U; cycle < 500U; cycle++)
    {
        Cycle();
    }
    Test_About("the request");
    CHECK(Load(folder, "root.der"));
    Serve("V2gRoot", KEYM_SERVICE_CERT_SET_ROOT, KEYM_RT_OK);
    File.length = 0U; /* as the configuration has it */
    Serve("Leaf", KEYM_SERVICE_CERT_REQUEST_CSR, KEYM_RT_OK);
    Save(folder, "secc.request");
    (void)printf("requested\n");
    (void)fflush(stdout);
    CHECK(fgets(line, (int)sizeof(line), stdin) != NULL);

    Test_About("the certificate");
    CHECK(Load(folder, "secc.chain"));
    Serve("Leaf", KEYM_SERVICE_CERT_UPDATE_SIGNED_CSR, KEYM_RT_OK);
    CHECK_CODE(KEYM_CERTIFICATE_VALID, StatusOf(KeyMConf_KeyMCertificate_Leaf));
    CHECK_CODE(KEYM_CERTIFICATE_VALID, StatusOf(KeyMConf_KeyMCertificate_CpoSubCa1));
    CHECK_CODE(KEYM_CERTIFICATE_VALID, StatusOf(KeyMConf_KeyMCertificate_CpoSubCa2));
    CHECK_CODE(E_OK, KeyM_CertElementGet(KeyMConf_KeyMCertificate_Leaf, KeyMConf_KeyMCertificateElement_SubjectCommonName, name,
                                         &length));
    CHECK((length == 12U) && Test_Same(name, (const uint8 *)"DEV2G0000001", 12U));
    Test_About("the end");
    CHECK_CODE(0U, Test_Reports());
    return Test_End("keym_station");
}
