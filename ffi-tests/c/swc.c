/* A software component that knows Csm only through the RTE: it includes what an RTE generates, and calls Rte_Call_... only.
 *
 * It hashes (synchronously), verifies and signs (asynchronously, told by its server runnables), cancels, and draws a nonce
 * through an optimised port. Buffers of asynchronous jobs are static: they must live until the callback. */
#include "Rte_Csm_Swc.h"

#include "annex_j2.h"
#include "support.h"
#include "swc.h"

/* CRYPTO_KE_SIGNATURE_KEY: key element ids are no part of the RTE's types. */
#define SWC_SIGNATURE_KEY 1U

typedef enum
{
    SWC_HASH,
    SWC_VERIFY,
    SWC_VERIFY_FLIPPED,
    SWC_SIGN,
    SWC_VERIFY_OWN,
    SWC_CANCEL,
    SWC_INVALID_KEY,
    SWC_NONCE,
    SWC_DONE
} Swc_StepType;

static Swc_StepType Swc_Step = SWC_HASH;
static boolean Swc_IsWaiting = FALSE;
static uint8 Swc_Message[sizeof(J2_SignedInfo)];
static uint8 Swc_Signature[64];
static uint32 Swc_SignatureLength;
static Crypto_VerifyResultType Swc_Verdict;
static uint32 Swc_SignCallbacks;
static uint32 Swc_VerifyCallbacks;

boolean Swc_IsDone(void)
{
    return (Swc_Step == SWC_DONE) ? TRUE : FALSE;
}

void Swc_Init(void)
{
    Crypto_KeyStatusType status = CRYPTO_KEYSTATUS_INVALID;
    Test_About("keys through their ports");
    CHECK_CODE(E_OK, Rte_Call_MessageVerifyKey_KeyElementSet(SWC_SIGNATURE_KEY, J2_PublicKey, sizeof(J2_PublicKey)));
    CHECK_CODE(E_OK, Rte_Call_MessageVerifyKey_KeyGetStatus(&status));
    CHECK_CODE(CRYPTO_KEYSTATUS_INVALID, status);
    CHECK_CODE(E_OK, Rte_Call_MessageVerifyKey_KeySetValid());
    CHECK_CODE(E_OK, Rte_Call_MessageVerifyKey_KeyGetStatus(&status));
    CHECK_CODE(CRYPTO_KEYSTATUS_VALID, status);
    CHECK_CODE(E_OK, Rte_Call_ContractKey_KeyElementSet(SWC_SIGNATURE_KEY, J2_PrivateKey, sizeof(J2_PrivateKey)));
    CHECK_CODE(E_OK, Rte_Call_ContractKey_KeySetValid());
}

/* Errors of Csm reach the component as they are. */
static void Swc_CheckPrivateKeyIsUnreadable(void)
{
    uint8 key[32];
    uint32 length = sizeof(key);
    Test_About("a private key cannot be read");
    Test_Fill(key, 0xA5U, sizeof(key));
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Rte_Call_ContractKey_KeyElementGet(SWC_SIGNATURE_KEY, key, &length));
    CHECK(Test_IsFilled(key, 0xA5U, sizeof(key)) == TRUE);
    CHECK_CODE(sizeof(key), length);
}

static void Swc_Hash(void)
{
    uint8 digest[32];
    uint32 length = sizeof(digest);
    Test_About("a hash, synchronously");
    CHECK_CODE(E_OK, Rte_Call_MessageDigest_Hash(J2_Fragment, sizeof(J2_Fragment), digest, &length));
    CHECK_CODE(sizeof(digest), length);
    CHECK(Test_Same(digest, J2_FragmentDigest, sizeof(digest)) == TRUE);
    Swc_CheckPrivateKeyIsUnreadable();
}

static void Swc_Verify(const uint8 *signature, uint8 flip, const char *about)
{
    Test_About(about);
    Test_Copy(Swc_Message, J2_SignedInfo, sizeof(J2_SignedInfo));
    Swc_Message[100] ^= flip;
    Swc_Verdict = 0xA5U;
    CHECK_CODE(E_OK, Rte_Call_MessageVerify_SignatureVerify(Swc_Message, sizeof(Swc_Message), signature, 64U, &Swc_Verdict));
    /* Asynchronous means later; and one job runs once at a time. */
    CHECK_CODE(0xA5U, Swc_Verdict);
    CHECK_CODE(CRYPTO_E_BUSY, Rte_Call_MessageVerify_SignatureVerify(Swc_Message, sizeof(Swc_Message), signature, 64U, &Swc_Verdict));
    Swc_IsWaiting = TRUE;
}

static void Swc_Sign(const char *about)
{
    Test_About(about);
    Test_Fill(Swc_Signature, 0U, sizeof(Swc_Signature));
    Swc_SignatureLength = sizeof(Swc_Signature);
    CHECK_CODE(E_OK, Rte_Call_ContractSign_SignatureGenerate(J2_SignedInfo, sizeof(J2_SignedInfo), Swc_Signature,
                                                             &Swc_SignatureLength));
    Swc_IsWaiting = TRUE;
}

static void Swc_InvalidKey(void)
{
    Test_About("a key that is not valid");
    CHECK_CODE(E_OK, Rte_Call_MessageVerifyKey_KeySetInvalid());
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID,
               Rte_Call_MessageVerify_SignatureVerify(Swc_Message, sizeof(Swc_Message), J2_Signature, 64U, &Swc_Verdict));
}

static void Swc_Nonce(void)
{
    uint8 first[16];
    uint8 second[16];
    uint32 length = sizeof(first);
    Test_About("random bytes through an optimised port");
    CHECK_CODE(E_OK, Rte_Call_Nonce_RandomGenerate(first, &length));
    CHECK_CODE(E_OK, Rte_Call_Nonce_RandomGenerate(second, &length));
    CHECK_CODE(sizeof(second), length);
    CHECK(Test_Same(first, second, sizeof(first)) == FALSE);
}

void Swc_Run(void)
{
    if (Swc_IsWaiting == FALSE)
    {
        switch (Swc_Step)
        {
            case SWC_HASH:
                Swc_Hash();
                Swc_Step = SWC_VERIFY;
                break;
            case SWC_VERIFY:
                Swc_Verify(J2_Signature, 0U, "a signature from the standard");
                break;
            case SWC_VERIFY_FLIPPED:
                Swc_Verify(J2_Signature, 1U, "a flipped bit");
                break;
            case SWC_SIGN:
                Swc_Sign("a signature of our own");
                break;
            case SWC_VERIFY_OWN:
                Swc_Verify(Swc_Signature, 0U, "our own signature verifies");
                break;
            case SWC_CANCEL:
                Swc_Sign("a job that is cancelled");
                CHECK_CODE(E_OK, Rte_Call_ContractSign_CancelJob());
                break;
            case SWC_INVALID_KEY:
                Swc_InvalidKey();
                Swc_Step = SWC_NONCE;
                break;
            case SWC_NONCE:
                Swc_Nonce();
                CHECK_CODE(3U, Swc_VerifyCallbacks);
                CHECK_CODE(2U, Swc_SignCallbacks);
                Swc_Step = SWC_DONE;
                break;
            default:
                break;
        }
    }
}

void MessageVerify_CallbackNotification(Crypto_ResultType result)
{
    CHECK(Swc_IsWaiting == TRUE);
    CHECK_CODE(E_OK, result);
    Swc_IsWaiting = FALSE;
    Swc_VerifyCallbacks++;
    switch (Swc_Step)
    {
        case SWC_VERIFY:
            CHECK_CODE(CRYPTO_E_VER_OK, Swc_Verdict);
            Swc_Step = SWC_VERIFY_FLIPPED;
            break;
        case SWC_VERIFY_FLIPPED:
            CHECK_CODE(CRYPTO_E_VER_NOT_OK, Swc_Verdict);
            Swc_Step = SWC_SIGN;
            break;
        default:
            CHECK_CODE(SWC_VERIFY_OWN, Swc_Step);
            CHECK_CODE(CRYPTO_E_VER_OK, Swc_Verdict);
            Swc_Step = SWC_CANCEL;
            break;
    }
}

void ContractSign_CallbackNotification(Crypto_ResultType result)
{
    CHECK(Swc_IsWaiting == TRUE);
    Swc_IsWaiting = FALSE;
    Swc_SignCallbacks++;
    if (Swc_Step == SWC_SIGN)
    {
        CHECK_CODE(E_OK, result);
        CHECK_CODE(sizeof(Swc_Signature), Swc_SignatureLength);
        Swc_Step = SWC_VERIFY_OWN;
    }
    else
    {
        CHECK_CODE(SWC_CANCEL, Swc_Step);
        CHECK_CODE(CRYPTO_E_JOB_CANCELED, result);
        CHECK(Test_IsFilled(Swc_Signature, 0U, sizeof(Swc_Signature)) == TRUE);
        Swc_Step = SWC_INVALID_KEY;
    }
}
