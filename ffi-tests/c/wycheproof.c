/* Answers vectors that come line by line: `service key message tag`, in hexadecimal, `-` for nothing. A tag is a MAC or a raw
 * signature. For each line: the codes of KeyElementSet, KeySetValid and the verification, the verdict, and what we generate. */
#include <stdio.h>
#include <string.h>

#include "stack.h"

#define ROOM 8192U
#define NOTHING 0xA5U

typedef struct
{
    uint8 bytes[ROOM];
    uint32 length;
} BytesType;

static BytesType Key;
static BytesType Message;
static BytesType Tag;

static uint8 Digit(char c)
{
    return (uint8)((c <= '9') ? (c - '0') : ((c - 'a') + 10));
}

static void Parse(const char *text, BytesType *to)
{
    to->length = 0U;
    while ((text[0] != '\0') && (text[0] != '-') && (to->length < ROOM))
    {
        to->bytes[to->length] = (uint8)((Digit(text[0]) << 4) | Digit(text[1]));
        to->length++;
        text = &text[2];
    }
}

/* The jobs and the key of a MAC; AES keys of 256 bits have a key of their own. */
typedef struct
{
    const char *name;
    uint32 key;
    uint32 verify;
    uint32 generate;
} MacType;

static const MacType Macs[] = {
    {"cmac128", CsmConf_CsmKey_Cmac128Key, CsmConf_CsmJob_VerifyCmac128Sync, CsmConf_CsmJob_GenerateCmac128Sync},
    {"cmac256", CsmConf_CsmKey_Cmac256Key, CsmConf_CsmJob_VerifyCmac256Sync, CsmConf_CsmJob_GenerateCmac256Sync},
    {"hmac256", CsmConf_CsmKey_Hmac256Key, CsmConf_CsmJob_VerifyHmac256Sync, CsmConf_CsmJob_GenerateHmac256Sync},
    {"hmac384", CsmConf_CsmKey_Hmac384Key, CsmConf_CsmJob_VerifyHmac384Sync, CsmConf_CsmJob_GenerateHmac384Sync},
    {"hmac512", CsmConf_CsmKey_Hmac512Key, CsmConf_CsmJob_VerifyHmac512Sync, CsmConf_CsmJob_GenerateHmac512Sync},
};

/* The answer to one line. */
typedef struct
{
    Std_ReturnType set;
    Std_ReturnType valid;
    Std_ReturnType verify;
    Crypto_VerifyResultType verdict;
    uint8 generated[64];
    uint32 generatedLength;
} AnswerType;

static boolean LoadKey(uint32 keyId, AnswerType *answer)
{
    answer->set = Csm_KeyElementSet(keyId, CRYPTO_KE_MAC_KEY, Key.bytes, Key.length);
    if (answer->set == E_OK)
    {
        answer->valid = Csm_KeySetValid(keyId);
    }
    return ((answer->set == E_OK) && (answer->valid == E_OK)) ? TRUE : FALSE;
}

static void AnswerMac(const MacType *mac, AnswerType *answer)
{
    if (LoadKey(mac->key, answer) == TRUE)
    {
        answer->verify = Csm_MacVerify(mac->verify, CRYPTO_OPERATIONMODE_SINGLECALL, Message.bytes, Message.length, Tag.bytes,
                                       Tag.length * 8U, &answer->verdict);
        answer->generatedLength = sizeof(answer->generated);
        if (Csm_MacGenerate(mac->generate, CRYPTO_OPERATIONMODE_SINGLECALL, Message.bytes, Message.length, answer->generated,
                            &answer->generatedLength) != E_OK)
        {
            answer->generatedLength = 0U;
        }
    }
}

static void AnswerSignature(uint32 job, AnswerType *answer)
{
    if (LoadKey(CsmConf_CsmKey_VerifyKey, answer) == TRUE)
    {
        answer->verify = Csm_SignatureVerify(job, CRYPTO_OPERATIONMODE_SINGLECALL, Message.bytes, Message.length, Tag.bytes,
                                             Tag.length, &answer->verdict);
    }
}

/* The same as digest-then-verify, which another engine does. */
static void AnswerStreamedSignature(AnswerType *answer)
{
    const uint32 job = CsmConf_CsmJob_CheckEcdsaSync;
    if (LoadKey(CsmConf_CsmKey_VerifyKey, answer) == TRUE)
    {
        (void)Csm_SignatureVerify(job, CRYPTO_OPERATIONMODE_START, NULL_PTR, 0U, NULL_PTR, 0U, NULL_PTR);
        (void)Csm_SignatureVerify(job, CRYPTO_OPERATIONMODE_UPDATE, Message.bytes, Message.length, NULL_PTR, 0U, NULL_PTR);
        answer->verify = Csm_SignatureVerify(job, CRYPTO_OPERATIONMODE_FINISH, NULL_PTR, 0U, Tag.bytes, Tag.length,
                                             &answer->verdict);
    }
}

static boolean Answer(const char *service, AnswerType *answer)
{
    uint32 i;
    (void)memset(answer, (int)NOTHING, sizeof(*answer));
    answer->generatedLength = 0U;
    for (i = 0U; i < (sizeof(Macs) / sizeof(Macs[0])); i++)
    {
        if (strcmp(service, Macs[i].name) == 0)
        {
            AnswerMac(&Macs[i], answer);
            return TRUE;
        }
    }
    if (strcmp(service, "ecdsa") == 0)
    {
        AnswerSignature(CsmConf_CsmJob_CheckNistSync, answer);
        return TRUE;
    }
    if (strcmp(service, "ecdsa-stream") == 0)
    {
        AnswerStreamedSignature(answer);
        return TRUE;
    }
    return FALSE;
}

int main(void)
{
    static char line[(3U * 2U * ROOM) + 64U];
    AnswerType answer;
    Stack_Init();
    while (fgets(line, (int)sizeof(line), stdin) != NULL)
    {
        const char *const service = strtok(line, " \n");
        const char *const key = strtok(NULL, " \n");
        const char *const message = strtok(NULL, " \n");
        const char *const tag = strtok(NULL, " \n");
        uint32 i;
        if ((service == NULL) || (key == NULL) || (message == NULL) || (tag == NULL))
        {
            return 2;
        }
        Parse(key, &Key);
        Parse(message, &Message);
        Parse(tag, &Tag);
        if (Answer(service, &answer) == FALSE)
        {
            return 3;
        }
        (void)printf("%u %u %u %u ", answer.set, answer.valid, answer.verify, answer.verdict);
        for (i = 0U; i < answer.generatedLength; i++)
        {
            (void)printf("%02x", answer.generated[i]);
        }
        (void)printf("-\n");
    }
    return 0;
}
