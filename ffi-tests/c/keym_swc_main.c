/* What an ECU does around a software component that verifies certificates: it starts the stack, installs a root, and calls everybody
 * periodically. argv[1] is a folder with certificates. */
#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"
#include "KeyM.h"

#include <stdio.h>

#include "keym_swc.h"
#include "support.h"

#define MAX_CYCLES 20000U

typedef struct
{
    uint32 length;
    uint8 der[1024];
} FileType;

static FileType Root;
static FileType Cps;
static FileType Subs[2];
static uint32 Serviced;

Std_ReturnType Evcc_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Outcome)
{
    CHECK_CODE(0xFFFFU, CertId);
    CHECK_CODE(0xFFU, Outcome);
    return E_OK;
}

Std_ReturnType Evcc_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Code, uint16 ResultDataLength,
                                        const uint8 *ResultDataPtr)
{
    (void)ResultDataPtr;
    Serviced++;
    CHECK_CODE(KeyMConf_KeyMCertificate_V2gRoot0, CertId);
    CHECK_CODE(KEYM_RT_OK, Code);
    CHECK_CODE(0U, ResultDataLength);
    return E_OK;
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
    Crypto_MainFunction();
    Crypto_MainFunctionBackground();
}

static KeyM_CertDataType Load(const char *folder, const char *name, FileType *file)
{
    KeyM_CertDataType data;
    char path[512];
    FILE *stream;
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    stream = fopen(path, "rb");
    if (stream != NULL)
    {
        file->length = (uint32)fread(file->der, 1U, sizeof(file->der), stream);
        (void)fclose(stream);
    }
    CHECK(file->length > 0U);
    data.certData = file->der;
    data.certDataLength = file->length;
    return data;
}

int main(int argc, char **argv)
{
    const char *folder = (argc > 1) ? argv[1] : ".";
    KeyM_CertDataType subs[2];
    uint32 cycle;
    (void)Load(folder, "root.der", &Root);
    subs[0] = Load(folder, "sub2.der", &Subs[0]);
    subs[1] = Load(folder, "sub1.der", &Subs[1]);
    Swc_Give(Load(folder, "cps.der", &Cps), subs, 2U);
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    KeyM_Init(NULL_PTR);
    for (cycle = 0U; cycle < 500U; cycle++)
    {
        Cycle();
    }
    Test_About("the root");
    CHECK_CODE(E_OK, KeyM_ServiceCertificateByCertId(KeyMConf_KeyMCertificate_V2gRoot0, KEYM_SERVICE_CERT_SET_ROOT, Root.der,
                                                     Root.length, NULL_PTR, NULL_PTR));
    for (cycle = 0U; (cycle < MAX_CYCLES) && (Serviced == 0U); cycle++)
    {
        Cycle();
    }
    for (cycle = 0U; (cycle < MAX_CYCLES) && (Swc_IsDone() == FALSE); cycle++)
    {
        Swc_Run();
        Cycle();
    }
    Test_About("the end");
    CHECK_CODE(1U, Serviced);
    CHECK(Swc_IsDone() == TRUE);
    CHECK_CODE(0U, Test_Reports());
    return Test_End("keym_swc");
}
