/* A vehicle's side of Plug & Charge, as basic software and a software component would do it: the published example of
 * ISO 15118-2, Annex J.2 is verified, verified with a bit flipped, and signed again. */
#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"
#include "annex_j2.h"
#include "demo_port.h"

/* What the callbacks of the asynchronous jobs tell the main loop. */
static volatile boolean Demo_Finished;
static volatile Crypto_ResultType Demo_Result;

static void Demo_JobFinished(Crypto_ResultType result)
{
    Demo_Result = result;
    Demo_Finished = TRUE;
}

/* The callbacks that the ARXML file names. Generated Csm_Cfg.h declares them. */
void Evcc_MessageVerifyFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Demo_JobFinished(result);
}

void Evcc_ContractSignFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Demo_JobFinished(result);
}

void Evcc_RecordMacFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Demo_JobFinished(result);
}

void Evcc_LogDigestFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Demo_JobFinished(result);
}

void Evcc_ProvisioningFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Demo_JobFinished(result);
}

static void Demo_PrintNumber(uint32 value)
{
    char text[11];
    uint32 at = sizeof(text) - 1U;
    uint32 left = value;
    text[at] = '\0';
    do
    {
        at--;
        text[at] = (char)('0' + (char)(left % 10U));
        left /= 10U;
    } while (left != 0U);
    Demo_Print(&text[at]);
}

static void Demo_PrintStep(const char *step, uint32 since)
{
    const uint32 took = Demo_Micros() - since;
    Demo_Print(step);
    if (took != 0U)
    {
        Demo_Print(" (");
        Demo_PrintNumber(took);
        Demo_Print(" us)");
    }
    Demo_Print("\n");
}

/* Runs the schedule of an ECU until the callback has come. A real one calls these from its tasks. */
static Crypto_ResultType Demo_RunUntilFinished(void)
{
    uint32 cycle;
    for (cycle = 0U; (cycle < 1000U) && (Demo_Finished == FALSE); cycle++)
    {
        Csm_MainFunction();
        Crypto_MainFunction();
        Crypto_MainFunctionBackground();
    }
    return (Demo_Finished == TRUE) ? Demo_Result : E_NOT_OK;
}

static Std_ReturnType Demo_LoadKey(uint32 keyId, const uint8 *key, uint32 length)
{
    Std_ReturnType result = Csm_KeyElementSet(keyId, CRYPTO_KE_SIGNATURE_KEY, key, length);
    if (result == E_OK)
    {
        result = Csm_KeySetValid(keyId);
    }
    return result;
}

/* Verifies as an asynchronous job, and waits for its callback. */
static Std_ReturnType Demo_Verify(const uint8 *data, uint32 length, const uint8 *signature, Crypto_VerifyResultType *verdict)
{
    Std_ReturnType result;
    Demo_Finished = FALSE;
    result = Csm_SignatureVerify(CsmConf_CsmJob_MessageVerify, CRYPTO_OPERATIONMODE_SINGLECALL, data, length, signature, 64U, verdict);
    return (result == E_OK) ? Demo_RunUntilFinished() : result;
}

static int Demo_Fail(const char *what, uint32 code)
{
    Demo_Print("FAILED: ");
    Demo_Print(what);
    Demo_Print(", result ");
    Demo_PrintNumber(code);
    Demo_Print("\n");
    return 1;
}

static int Demo_CheckDigest(void)
{
    uint8 digest[32];
    uint32 digestLength = sizeof(digest);
    uint32 i;
    const uint32 since = Demo_Micros();
    const Std_ReturnType result = Csm_Hash(CsmConf_CsmJob_MessageDigest, CRYPTO_OPERATIONMODE_SINGLECALL, J2_Fragment,
                                           sizeof(J2_Fragment), digest, &digestLength);
    if ((result != E_OK) || (digestLength != sizeof(digest)))
    {
        return Demo_Fail("Csm_Hash", result);
    }
    for (i = 0U; i < sizeof(digest); i++)
    {
        if (digest[i] != J2_FragmentDigest[i])
        {
            return Demo_Fail("the digest of the AuthorizationReq differs at byte", i);
        }
    }
    Demo_PrintStep("AuthorizationReq digest: equals the DigestValue in SignedInfo", since);
    return 0;
}

static int Demo_CheckSignature(void)
{
    uint8 flipped[sizeof(J2_SignedInfo)];
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    uint32 i;
    uint32 since = Demo_Micros();
    Std_ReturnType result = Demo_Verify(J2_SignedInfo, sizeof(J2_SignedInfo), J2_Signature, &verdict);
    if ((result != E_OK) || (verdict != CRYPTO_E_VER_OK))
    {
        return Demo_Fail("the Annex J.2 signature did not verify", result);
    }
    Demo_PrintStep("Annex J.2 signature: CRYPTO_E_VER_OK", since);

    for (i = 0U; i < sizeof(flipped); i++)
    {
        flipped[i] = J2_SignedInfo[i];
    }
    flipped[100] ^= 0x01U;
    since = Demo_Micros();
    result = Demo_Verify(flipped, sizeof(flipped), J2_Signature, &verdict);
    if ((result != E_OK) || (verdict != CRYPTO_E_VER_NOT_OK))
    {
        return Demo_Fail("a flipped bit went unnoticed", result);
    }
    Demo_PrintStep("One bit flipped: CRYPTO_E_VER_NOT_OK", since);
    return 0;
}

static int Demo_SignAgain(void)
{
    uint8 signature[64];
    uint32 signatureLength = sizeof(signature);
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    uint32 since = Demo_Micros();
    Std_ReturnType result;
    Demo_Finished = FALSE;
    result = Csm_SignatureGenerate(CsmConf_CsmJob_ContractSign, CRYPTO_OPERATIONMODE_SINGLECALL, J2_SignedInfo,
                                   sizeof(J2_SignedInfo), signature, &signatureLength);
    if (result == E_OK)
    {
        result = Demo_RunUntilFinished();
    }
    if ((result != E_OK) || (signatureLength != sizeof(signature)))
    {
        return Demo_Fail("Csm_SignatureGenerate", result);
    }
    Demo_PrintStep("Signed SignedInfo again with the contract key: 64 bytes r || s", since);

    since = Demo_Micros();
    result = Demo_Verify(J2_SignedInfo, sizeof(J2_SignedInfo), signature, &verdict);
    if ((result != E_OK) || (verdict != CRYPTO_E_VER_OK))
    {
        return Demo_Fail("our own signature did not verify", result);
    }
    Demo_PrintStep("Our own signature: CRYPTO_E_VER_OK", since);
    return 0;
}

int main(void)
{
    Std_ReturnType result;
    int failed;

    /* An EcuM does this at start-up, from the bottom up. */
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);

    result = Demo_LoadKey(CsmConf_CsmKey_MessageVerifyKey, J2_PublicKey, sizeof(J2_PublicKey));
    if (result != E_OK)
    {
        return Demo_Fail("the public key was refused", result);
    }
    result = Demo_LoadKey(CsmConf_CsmKey_ContractKey, J2_PrivateKey, sizeof(J2_PrivateKey));
    if (result != E_OK)
    {
        return Demo_Fail("the contract key was refused", result);
    }

    failed = Demo_CheckDigest();
    if (failed == 0)
    {
        failed = Demo_CheckSignature();
    }
    if (failed == 0)
    {
        failed = Demo_SignAgain();
    }
    if (failed == 0)
    {
        Demo_Print("demo: all steps passed\n");
    }
    return failed;
}
