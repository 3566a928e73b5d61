/* Calls the thirty lines of the README. */
#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"
#include "annex_j2.h"

boolean Evcc_MessageIsGenuine(const uint8 publicKey[64], const uint8 *message, uint32 length, const uint8 signature[64]);

/* The callbacks of the other jobs in arxml/evcc.arxml. */
void Evcc_ContractSignFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    (void)result;
}

void Evcc_RecordMacFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    (void)result;
}

void Evcc_LogDigestFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    (void)result;
}

void Evcc_ProvisioningFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    (void)result;
}

int main(void)
{
    uint8 notOnTheCurve[64] = {0U};
    (void)J2_PrivateKey;
    (void)J2_Fragment;
    (void)J2_FragmentDigest;
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    if (Evcc_MessageIsGenuine(J2_PublicKey, J2_SignedInfo, sizeof(J2_SignedInfo), J2_Signature) != TRUE)
    {
        return 1;
    }
    if (Evcc_MessageIsGenuine(J2_PublicKey, J2_SignedInfo, sizeof(J2_SignedInfo) - 1U, J2_Signature) != FALSE)
    {
        return 2;
    }
    if (Evcc_MessageIsGenuine(notOnTheCurve, J2_SignedInfo, sizeof(J2_SignedInfo), J2_Signature) != FALSE)
    {
        return 3;
    }
    return 0;
}
