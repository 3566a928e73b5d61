/* The stack of services.arxml: started, keys loaded, its schedule. */
#include "stack.h"

#include "support.h"
#include "vectors.h"

#define CYCLES 4U

void Stack_Init(void)
{
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
}

Std_ReturnType Stack_LoadKey(uint32 keyId, const uint8 *key, uint32 length)
{
    const Std_ReturnType result = Csm_KeyElementSet(keyId, CRYPTO_KE_MAC_KEY, key, length);
    return (result == E_OK) ? Csm_KeySetValid(keyId) : result;
}

void Stack_LoadKeys(void)
{
    Test_About("loading keys");
    CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_Cmac128Key, Vector_Cmac128Key, sizeof(Vector_Cmac128Key)));
    CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_Cmac256Key, Vector_Cmac256Key, sizeof(Vector_Cmac256Key)));
    CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_Hmac256Key, Vector_HmacKey, sizeof(Vector_HmacKey)));
    CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_Hmac384Key, Vector_HmacKey, sizeof(Vector_HmacKey)));
    CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_Hmac512Key, Vector_HmacKey, sizeof(Vector_HmacKey)));
    CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_SignKey, Vector_PrivateKey, sizeof(Vector_PrivateKey)));
    CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_VerifyKey, Vector_PublicKey, sizeof(Vector_PublicKey)));
    CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_MixedKey, Vector_Cmac128Key, sizeof(Vector_Cmac128Key)));
}

void Stack_Run(void)
{
    uint32 cycle;
    for (cycle = 0U; cycle < CYCLES; cycle++)
    {
        Csm_MainFunction();
        Crypto_MainFunction();
        Crypto_MainFunctionBackground();
    }
    Csm_MainFunction();
}
