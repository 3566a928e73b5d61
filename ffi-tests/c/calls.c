/* Calls Csm as its input says: a line is a call, a line is the answer. Numbers are decimal, bytes hexadecimal, `-` none.
 *
 *   init                                              starts all modules anew; every key is empty then
 *   set KEY ELEMENT BYTES      valid KEY              code
 *   get KEY ELEMENT ROOM                              code BYTES
 *   generate KEY               derive KEY TARGET      code
 *   public KEY ROOM                                   code BYTES
 *   secret KEY PARTNER                                code
 *   encrypt|decrypt JOB MODE PLACE TEXT ROOM          code BYTES; PLACE 1: over the input
 *   seal JOB MODE PLACE TEXT DATA ROOM ROOM           code BYTES TAG
 *   open JOB MODE PLACE TEXT DATA TAG ROOM            code VERDICT BYTES
 *   mac|sign JOB MODE MESSAGE ROOM                    code BYTES
 *   check-mac|verify JOB MODE MESSAGE TAG             code VERDICT
 *
 * Each buffer is as long as the call says, and what lies around it must stay. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"

#define WORDS 8U
#define ROOM 40000U
#define LINE ((4U * ROOM) + 256U)
#define EDGE 32U
#define UNTOUCHED 0xA5U

/* A buffer of its own, with an edge on both sides. */
typedef struct
{
    uint8 *whole;
    uint8 *bytes;
    uint32 room;
    uint32 length;
} BufferType;

static const char *Words[WORDS];
static uint32 WordCount;

static void Fail(const char *what)
{
    (void)fprintf(stderr, "%s: %s\n", (WordCount != 0U) ? Words[0] : "?", what);
    exit(2);
}

static const char *Word(uint32 at)
{
    if (at >= WordCount)
    {
        Fail("a word is missing");
    }
    return Words[at];
}

static uint32 Number(uint32 at)
{
    return (uint32)strtoul(Word(at), NULL, 10);
}

static BufferType Room(uint32 room)
{
    BufferType buffer;
    buffer.whole = malloc((size_t)room + (2U * EDGE));
    if (buffer.whole == NULL)
    {
        Fail("no memory");
    }
    (void)memset(buffer.whole, (int)UNTOUCHED, (size_t)room + (2U * EDGE));
    buffer.bytes = &buffer.whole[EDGE];
    buffer.room = room;
    buffer.length = room;
    return buffer;
}

static uint8 Digit(char c)
{
    return (uint8)((c <= '9') ? (c - '0') : ((c - 'a') + 10));
}

/* The bytes of a word, in a buffer with room for more of them. */
static BufferType BytesWithRoom(uint32 at, uint32 room)
{
    const char *const text = Word(at);
    const uint32 length = (text[0] == '-') ? 0U : (uint32)(strlen(text) / 2U);
    BufferType buffer = Room((length > room) ? length : room);
    uint32 i;
    for (i = 0U; i < length; i++)
    {
        buffer.bytes[i] = (uint8)((Digit(text[2U * i]) << 4) | Digit(text[(2U * i) + 1U]));
    }
    buffer.length = length;
    return buffer;
}

static BufferType Bytes(uint32 at)
{
    return BytesWithRoom(at, 0U);
}

/* An input of AEAD: of no bytes, nowhere. */
static const uint8 *Start(const BufferType *input)
{
    return (input->length == 0U) ? NULL_PTR : input->bytes;
}

static void Free(BufferType *buffer)
{
    uint32 i;
    for (i = 0U; i < EDGE; i++)
    {
        if ((buffer->whole[i] != UNTOUCHED) || (buffer->bytes[buffer->room + i] != UNTOUCHED))
        {
            Fail("wrote beside a buffer");
        }
    }
    free(buffer->whole);
}

static void PrintBytes(const BufferType *buffer, uint32 length)
{
    uint32 i;
    if (length > buffer->room)
    {
        Fail("says that it wrote more than there is room");
    }
    (void)printf(" %s", (length == 0U) ? "-" : "");
    for (i = 0U; i < length; i++)
    {
        (void)printf("%02x", buffer->bytes[i]);
    }
}

/* The code, and after success what lies in a buffer. */
static void Print(Std_ReturnType code, const BufferType *buffer)
{
    (void)printf("%u", code);
    PrintBytes(buffer, (code == E_OK) ? buffer->length : 0U);
}

static Crypto_OperationModeType Mode(void)
{
    return (Crypto_OperationModeType)Number(2U);
}

static Std_ReturnType Set(void)
{
    BufferType value = Bytes(3U);
    const Std_ReturnType code = Csm_KeyElementSet(Number(1U), Number(2U), value.bytes, value.length);
    Free(&value);
    return code;
}

static Std_ReturnType Secret(void)
{
    BufferType partner = Bytes(2U);
    const Std_ReturnType code = Csm_KeyExchangeCalcSecret(Number(1U), partner.bytes, partner.length);
    Free(&partner);
    return code;
}

static void Get(void)
{
    BufferType value = Room(Number(3U));
    const Std_ReturnType code = Csm_KeyElementGet(Number(1U), Number(2U), value.bytes, &value.length);
    Print(code, &value);
    Free(&value);
}

static void Public(void)
{
    BufferType value = Room(Number(2U));
    const Std_ReturnType code = Csm_KeyExchangeCalcPubVal(Number(1U), value.bytes, &value.length);
    Print(code, &value);
    Free(&value);
}

typedef Std_ReturnType (*TransformType)(uint32 jobId, Crypto_OperationModeType mode, const uint8 *dataPtr, uint32 dataLength,
                                        uint8 *resultPtr, uint32 *resultLengthPtr);
typedef Std_ReturnType (*CheckType)(uint32 jobId, Crypto_OperationModeType mode, const uint8 *dataPtr, uint32 dataLength,
                                    const uint8 *tagPtr, uint32 tagLength, Crypto_VerifyResultType *verifyPtr);

/* A cipher. Over its input, the result has the room that the buffer has. */
static void Cipher(TransformType call)
{
    const uint32 room = Number(5U);
    if (Number(3U) == 1U)
    {
        BufferType text = BytesWithRoom(4U, room);
        const uint32 length = text.length;
        text.length = room;
        Print(call(Number(1U), Mode(), text.bytes, length, text.bytes, &text.length), &text);
        Free(&text);
    }
    else
    {
        BufferType text = Bytes(4U);
        BufferType result = Room(room);
        Print(call(Number(1U), Mode(), text.bytes, text.length, result.bytes, &result.length), &result);
        Free(&text);
        Free(&result);
    }
}

static void Seal(void)
{
    const boolean over = (Number(3U) == 1U) ? TRUE : FALSE;
    const uint32 room = Number(6U);
    BufferType text = BytesWithRoom(4U, (over == TRUE) ? room : 0U);
    BufferType apart = Room(room);
    BufferType data = Bytes(5U);
    BufferType tag = Room(Number(7U));
    BufferType *const result = (over == TRUE) ? &text : &apart;
    uint32 length = room;
    const Std_ReturnType code = Csm_AEADEncrypt(Number(1U), Mode(), Start(&text), text.length, Start(&data), data.length,
                                                result->bytes, &length, tag.bytes, &tag.length);
    (void)printf("%u", code);
    PrintBytes(result, (code == E_OK) ? length : 0U);
    PrintBytes(&tag, (code == E_OK) ? tag.length : 0U);
    Free(&text);
    Free(&apart);
    Free(&data);
    Free(&tag);
}

static void Open(void)
{
    const boolean over = (Number(3U) == 1U) ? TRUE : FALSE;
    const uint32 room = Number(7U);
    BufferType text = BytesWithRoom(4U, (over == TRUE) ? room : 0U);
    BufferType apart = Room(room);
    BufferType data = Bytes(5U);
    BufferType tag = Bytes(6U);
    BufferType *const result = (over == TRUE) ? &text : &apart;
    uint32 length = room;
    Crypto_VerifyResultType verdict = (Crypto_VerifyResultType)UNTOUCHED;
    const Std_ReturnType code = Csm_AEADDecrypt(Number(1U), Mode(), Start(&text), text.length, Start(&data), data.length,
                                                Start(&tag), tag.length, result->bytes, &length, &verdict);
    (void)printf("%u %u", code, (unsigned)verdict);
    PrintBytes(result, (code == E_OK) ? length : 0U);
    Free(&text);
    Free(&apart);
    Free(&data);
    Free(&tag);
}

/* A MAC or a signature is made. */
static void Make(TransformType call)
{
    BufferType message = Bytes(3U);
    BufferType result = Room(Number(4U));
    Print(call(Number(1U), Mode(), message.bytes, message.length, result.bytes, &result.length), &result);
    Free(&message);
    Free(&result);
}

/* A MAC or a signature is checked; the length of a MAC is in bits. */
static void Check(CheckType call, uint32 unit)
{
    BufferType message = Bytes(3U);
    BufferType tag = Bytes(4U);
    Crypto_VerifyResultType verdict = (Crypto_VerifyResultType)UNTOUCHED;
    const Std_ReturnType code = call(Number(1U), Mode(), message.bytes, message.length, tag.bytes, tag.length * unit, &verdict);
    (void)printf("%u %u", code, (unsigned)verdict);
    Free(&message);
    Free(&tag);
}

static void Init(void)
{
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
}

static boolean IsCall(const char *name)
{
    return (strcmp(Word(0U), name) == 0) ? TRUE : FALSE;
}

static void Serve(void)
{
    if (IsCall("init") == TRUE)
    {
        Init();
        (void)printf("0");
    }
    else if (IsCall("set") == TRUE)
    {
        (void)printf("%u", Set());
    }
    else if (IsCall("valid") == TRUE)
    {
        (void)printf("%u", Csm_KeySetValid(Number(1U)));
    }
    else if (IsCall("generate") == TRUE)
    {
        (void)printf("%u", Csm_KeyGenerate(Number(1U)));
    }
    else if (IsCall("derive") == TRUE)
    {
        (void)printf("%u", Csm_KeyDerive(Number(1U), Number(2U)));
    }
    else if (IsCall("secret") == TRUE)
    {
        (void)printf("%u", Secret());
    }
    else if (IsCall("get") == TRUE)
    {
        Get();
    }
    else if (IsCall("public") == TRUE)
    {
        Public();
    }
    else if (IsCall("encrypt") == TRUE)
    {
        Cipher(&Csm_Encrypt);
    }
    else if (IsCall("decrypt") == TRUE)
    {
        Cipher(&Csm_Decrypt);
    }
    else if (IsCall("seal") == TRUE)
    {
        Seal();
    }
    else if (IsCall("open") == TRUE)
    {
        Open();
    }
    else if (IsCall("mac") == TRUE)
    {
        Make(&Csm_MacGenerate);
    }
    else if (IsCall("sign") == TRUE)
    {
        Make(&Csm_SignatureGenerate);
    }
    else if (IsCall("check-mac") == TRUE)
    {
        Check(&Csm_MacVerify, 8U);
    }
    else if (IsCall("verify") == TRUE)
    {
        Check(&Csm_SignatureVerify, 1U);
    }
    else
    {
        Fail("is no call");
    }
    (void)printf("\n");
    (void)fflush(stdout);
}

int main(void)
{
    static char line[LINE];
    Init();
    while (fgets(line, (int)sizeof(line), stdin) != NULL)
    {
        char *word = strtok(line, " \n");
        for (WordCount = 0U; (word != NULL) && (WordCount < WORDS); WordCount++)
        {
            Words[WordCount] = word;
            word = strtok(NULL, " \n");
        }
        if (WordCount != 0U)
        {
            Serve();
        }
    }
    return 0;
}
