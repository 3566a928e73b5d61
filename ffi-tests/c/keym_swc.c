/* A software component that verifies the certificate of a provisioning service. It calls KeyM through its ports only. */
#include "Rte_KeyM_Swc.h"

#include "keym_swc.h"
#include "support.h"

typedef enum
{
    SET,
    PARSING,
    VERIFYING,
    VERIFIED,
    BROKEN_PARSING,
    BROKEN_VERIFYING,
    DONE
} StepType;

static StepType Step = SET;
static KeyM_CertDataType Leaf;
static KeyM_CertDataType Above[3];
static uint8 Count;
static uint32 Told;

void Swc_Give(KeyM_CertDataType leaf, const KeyM_CertDataType *above, uint8 count)
{
    uint8 i;
    Leaf = leaf;
    for (i = 0U; (i < count) && (i < 3U); i++)
    {
        Above[i] = above[i];
    }
    Count = count;
}

boolean Swc_IsDone(void)
{
    return (Step == DONE) ? TRUE : FALSE;
}

static KeyM_CertificateStatusType Status(void)
{
    KeyM_CertificateStatusType status = 0xFFU;
    CHECK_CODE(E_OK, Rte_Call_Cps_CertGetStatus(&status));
    return status;
}

static void Read(void)
{
    uint8 value[400];
    uint32 length = sizeof(value);
    uint16 count = 0U;
    Test_About("elements, through the RTE");
    CHECK_CODE(E_OK, Rte_Call_Cps_CertElementGet(KeyMConf_KeyMCertificateElement_SubjectCommonName, value, &length));
    CHECK((length == 3U) && (Test_Same(value, (const uint8 *)"CPS", 3U) == TRUE));
    CHECK_CODE(E_OK, Rte_Call_Cps_CertificateElementGetCount(KeyMConf_KeyMCertificateElement_DomainComponent, &count));
    CHECK_CODE(1U, count);
    length = sizeof(value);
    CHECK_CODE(E_OK, Rte_Call_Cps_CertificateElementGetByIndex(KeyMConf_KeyMCertificateElement_DomainComponent, 0U, value, &length));
    CHECK((length == 3U) && (Test_Same(value, (const uint8 *)"CPS", 3U) == TRUE));
    length = sizeof(value);
    CHECK_CODE(KEYM_E_KEY_CERT_EMPTY,
               Rte_Call_Cps_CertificateElementGetByIndex(KeyMConf_KeyMCertificateElement_DomainComponent, 1U, value, &length));
}

void Swc_Run(void)
{
    switch (Step)
    {
        case SET:
            Test_About("set, through the RTE");
            CHECK_CODE(KEYM_CERTIFICATE_NOT_AVAILABLE, Status());
            CHECK_CODE(E_OK, Rte_Call_Cps_SetCertificate(&Leaf));
            Step = PARSING;
            break;
        case PARSING:
            if (Status() == KEYM_CERTIFICATE_PARSED_NOT_VALIDATED)
            {
                Test_About("verified, through the RTE");
                CHECK_CODE(E_OK, Rte_Call_Cps_VerifyCertificateChain(Above, Count));
                CHECK_CODE(KEYM_E_BUSY, Rte_Call_Cps_VerifyCertificate());
                CHECK_CODE(0U, Told);
                Step = VERIFYING;
            }
            break;
        case VERIFIED:
            CHECK_CODE(KEYM_CERTIFICATE_VALID, Status());
            Read();
            /* The same with one bit of the signature changed. */
            Leaf.certData[Leaf.certDataLength - 1U] ^= 1U;
            CHECK_CODE(E_OK, Rte_Call_Cps_SetCertificate(&Leaf));
            Step = BROKEN_PARSING;
            break;
        case BROKEN_PARSING:
            if (Status() == KEYM_CERTIFICATE_PARSED_NOT_VALIDATED)
            {
                CHECK_CODE(E_OK, Rte_Call_Cps_VerifyCertificateChain(Above, Count));
                Step = BROKEN_VERIFYING;
            }
            break;
        default:
            /* The runnable below goes on. */
            break;
    }
}

void Cps_CertificateVerified(KeyM_CertificateStatusType Result)
{
    Told++;
    CHECK_CODE((Step == VERIFYING) ? KEYM_CERTIFICATE_VALID : KEYM_E_CERTIFICATE_SIGNATURE_FAIL, Result);
    CHECK_CODE((Step == VERIFYING) ? 1U : 2U, Told);
    Step = (Step == VERIFYING) ? VERIFIED : DONE;
}

void Cps_CertificateServiced(KeyM_ResultType Result, uint16 ResultDataLength, const uint8 *ResultDataPtr)
{
    (void)ResultDataPtr;
    CHECK_CODE(0xFFU, Result);
    CHECK_CODE(0xFFFFU, ResultDataLength);
}
