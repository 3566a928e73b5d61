/* The factory line: the key of the provisioning certificate is generated in the vehicle, the request exported, the certificate
 * imported, and the key used.
 *
 * argv[1] is a folder with the manufacturer's certificates. The request is written there; when it is, a line is printed, and the
 * certificate is expected there as soon as a line comes in. */
#include "CryIf.h"
#include "Csm.h"
#include "KeyM.h"

#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "support.h"

#define MAX_CYCLES 20000U

typedef struct
{
    uint32 length;
    uint8 der[2048];
} FileType;

static FileType File;
static uint8 Request[1024];
static uint32 Serviced;
static KeyM_ResultType ServiceResult;
static uint16 ResponseLength;
static uint32 Finalized;

Std_ReturnType Evcc_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    (void)CertId;
    (void)Result;
    return E_OK;
}

Std_ReturnType Evcc_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Code, uint16 ResultDataLength,
                                        const uint8 *ResultDataPtr)
{
    (void)CertId;
    (void)ResultDataPtr;
    Serviced++;
    ServiceResult = Code;
    ResponseLength = ResultDataLength;
    return E_OK;
}

Std_ReturnType KeyM_Cps_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    return Evcc_CertificateVerified(CertId, Result);
}

Std_ReturnType KeyM_Cps_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Code, uint16 ResultDataLength,
                                            const uint8 *ResultDataPtr)
{
    return Evcc_CertificateServiced(CertId, Code, ResultDataLength, ResultDataPtr);
}

void KeyM_CryptoKeyFinalizeCallbackNotification(KeyM_ResultType Result, uint16 ResponseDataLength, const uint8 *ResponseDataPtr);

void KeyM_CryptoKeyFinalizeCallbackNotification(KeyM_ResultType Result, uint16 ResponseDataLength, const uint8 *ResponseDataPtr)
{
    (void)ResponseDataLength;
    (void)ResponseDataPtr;
    CHECK_CODE(KEYM_RT_OK, Result);
    Finalized++;
}

/* Jobs of other software components; none is started here. */
#define OTHER(name)                                   \
    void name(uint32 jobId, Crypto_ResultType result) \
    {                                                 \
        CHECK_CODE(0xFFFFFFFFU, jobId);               \
        CHECK_CODE(0xFFU, result);                    \
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
    Driver_MainFunction();
}

static void Await(const uint32 *callbacks)
{
    uint32 cycle;
    for (cycle = 0U; (cycle < MAX_CYCLES) && (*callbacks == 0U); cycle++)
    {
        Cycle();
    }
    CHECK_CODE(1U, *callbacks);
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

static void Save(const char *folder, const char *name, const uint8 *data, uint32 length)
{
    char path[512];
    FILE *stream;
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    stream = fopen(path, "wb");
    CHECK(stream != NULL);
    if (stream != NULL)
    {
        CHECK_CODE(length, fwrite(data, 1U, length, stream));
        (void)fclose(stream);
    }
}

static void Serve(const char *name, KeyM_ServiceCertificateType service, KeyM_ResultType expected)
{
    Serviced = 0U;
    ServiceResult = 0xFFU;
    CHECK_CODE(E_OK, KeyM_ServiceCertificate(service, (const uint8 *)name, (uint16)strlen(name), File.der, (uint16)File.length,
                                             NULL_PTR, 0U));
    Await(&Serviced);
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
    const char *slot = "OemProvisioning";
    uint8 signature[64];
    uint32 length = sizeof(signature);
    uint8 none[1];
    uint16 noLength = 0U;
    uint16 requestLength;
    char line[16];
    uint32 cycle;
    Driver_Init();
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    KeyM_Init(NULL_PTR);
    for (cycle = 0U; cycle < 500U; cycle++)
    {
        Cycle();
    }
    Test_About("the manufacturer's chain");
    CHECK_CODE(E_OK, KeyM_Start(KEYM_START_OEM_PRODUCTIONMODE, NULL_PTR, 0U, none, &noLength));
    CHECK(Load(folder, "oem.der"));
    Serve("OemRoot", KEYM_SERVICE_CERT_SET_ROOT, KEYM_RT_OK);
    CHECK(Load(folder, "oem-sub1.der"));
    Serve("OemSubCa1", KEYM_SERVICE_CERT_SET_INTERMEDIATE, KEYM_RT_OK);
    CHECK(Load(folder, "oem-sub2.der"));
    Serve("OemSubCa2", KEYM_SERVICE_CERT_SET_INTERMEDIATE, KEYM_RT_OK);
    CHECK_CODE(KEYM_CERTIFICATE_VALID, StatusOf(KeyMConf_KeyMCertificate_OemSubCa2));

    Test_About("the request");
    Serviced = 0U;
    CHECK_CODE(E_OK, KeyM_ServiceCertificate(KEYM_SERVICE_CERT_REQUEST_CSR, (const uint8 *)slot, (uint16)strlen(slot), NULL_PTR, 0U,
                                             Request, (uint16)sizeof(Request)));
    Await(&Serviced);
    CHECK_CODE(KEYM_RT_OK, ServiceResult);
    requestLength = ResponseLength;
    CHECK((requestLength > 100U) && (requestLength < sizeof(Request)));
    Save(folder, "provisioning.request", Request, requestLength);
    (void)printf("requested\n");
    (void)fflush(stdout);
    CHECK(fgets(line, (int)sizeof(line), stdin) != NULL);

    Test_About("the certificate");
    /* For another key: refused. */
    CHECK(Load(folder, "other.der"));
    Serve(slot, KEYM_SERVICE_CERT_UPDATE_SIGNED_CSR, KEYM_RT_KEY_CERT_INVALID);
    CHECK_CODE(KEYM_CERTIFICATE_NOT_AVAILABLE, StatusOf(KeyMConf_KeyMCertificate_OemProvisioning));
    CHECK(Load(folder, "provisioning.der"));
    Serve(slot, KEYM_SERVICE_CERT_UPDATE_SIGNED_CSR, KEYM_RT_OK);
    CHECK_CODE(KEYM_CERTIFICATE_VALID, StatusOf(KeyMConf_KeyMCertificate_OemProvisioning));
    CHECK_CODE(E_OK, KeyM_Finalize(NULL_PTR, 0U, NULL_PTR, 0U));
    Await(&Finalized);

    Test_About("the key");
    CHECK_CODE(E_OK, Csm_SignatureGenerate(CsmConf_CsmJob_ProvisioningRequestSign, CRYPTO_OPERATIONMODE_SINGLECALL, Request,
                                           requestLength, signature, &length));
    CHECK_CODE(64U, length);
    Test_About("the end");
    CHECK_CODE(0U, Test_Reports());
    /* Nobody reads the key. */
    length = sizeof(signature);
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyElementGet(CsmConf_CsmKey_OemProvisioningKey, CRYPTO_KE_SIGNATURE_KEY, signature, &length));
    return Test_End("keym_request");
}
