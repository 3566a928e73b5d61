/* The primitives alone on the board: known answers on 32 bits, and what each needs of stack and time. */
#include "annex_j2.h"
#include "board.h"
#include "curves.h"
#include "primitives.h"

extern const uint32 ENTRY_SIZES[7];
uint32 Entry_Digest(uint8 algorithm, const Room *message, uint32 len, uint8 *output);
boolean Entry_MacKey(uint8 algorithm, const Room *key, uint32 len, Storage *prepared);
uint32 Entry_Mac(const Storage *key, const Room *message, uint32 len, uint8 *output);
void Entry_MacStart(const Storage *key, Storage *mac);
void Entry_MacUpdate(Storage *mac, const Room *message, uint32 len);
uint32 Entry_MacFinish(Storage *mac, uint8 *output);
extern const uint32 ENTRY_KEY_SIZES[7];
boolean Entry_SigningKey(uint32 bits, const Room *scalar, uint32 len, Storage *key);
uint32 Entry_Sign(const Storage *key, uint8 hash, const Room *message, uint32 len, uint8 *signature);
boolean Entry_VerifyingKey(uint32 bits, const Room *x_y, uint32 len, Storage *key);
boolean Entry_Verify(const Storage *key, uint8 hash, const Room *message, uint32 len, const uint8 *signature);
boolean Entry_EcdhKey(uint32 bits, const Room *scalar, uint32 len, Storage *key);
uint32 Entry_EcdhPublicKey(const Storage *key, uint8 *point);
uint32 Entry_EcdhAgree(const Storage *key, const Room *peer, uint32 len, uint8 *shared);
boolean Entry_Ed25519Key(const uint8 *seed, Storage *key);
uint32 Entry_Ed25519Sign(const Storage *key, const Room *message, uint32 len, uint8 *signature);
boolean Entry_Ed25519Verify(const uint8 *publicKey, const Room *message, uint32 len, const uint8 *signature);
uint32 Entry_X25519(const uint8 *scalar, const uint8 *peer, uint8 *publicKey, uint8 *shared);
void Entry_DrbgNew(const uint8 *entropy, Storage *generator);
boolean Entry_DrbgGenerate(Storage *generator, Room *output, uint32 len);

static Room Text;
static Storage Key;
static Storage State;
static uint8 Output[133];
static uint32 Since;
static uint32 Cases;
static uint32 Failures;

static void Load(const uint8 *bytes, uint32 length)
{
    uint32 i;
    for (i = 0U; i < length; i++)
    {
        Text.bytes[i] = bytes[i];
    }
}

void Size(const char *name, uint32 size)
{
    Board_Print("size ");
    Board_Print(name);
    Board_Print(" ");
    Board_PrintNumber(size);
    Board_Print("\n");
    if (size > sizeof(Storage))
    {
        Board_Exit(6U);
    }
}

void Begin(void)
{
    Board_StackPaint();
    Since = Board_Ticks();
}

void End(const char *name, boolean right)
{
    const uint32 took = Board_Ticks() - Since;
    const uint32 peak = Board_StackPeak();
    Cases++;
    if (right == FALSE)
    {
        Failures++;
        Board_Print("FAILED: ");
    }
    Board_Print("primitive ");
    Board_Print(name);
    Board_Print(" stack ");
    Board_PrintNumber(peak);
    Board_Print(" micros ");
    Board_PrintNumber(took / BOARD_TICKS_PER_MICRO);
    Board_Print("\n");
}

static boolean Same(const uint8 *expected, uint32 length)
{
    uint32 i;
    for (i = 0U; i < length; i++)
    {
        if (Output[i] != expected[i])
        {
            return FALSE;
        }
    }
    return TRUE;
}

/* RFC 4493: subkey test key, 16 bytes. SP 800-38B: AES-256. RFC 4231 test case 2. FIPS 180-4 "abc". */
static const uint8 Aes128Key[16] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};
static const uint8 Aes256Key[32] = {0x60, 0x3d, 0xeb, 0x10, 0x15, 0xca, 0x71, 0xbe, 0x2b, 0x73, 0xae, 0xf0, 0x85, 0x7d, 0x77, 0x81,
                                    0x1f, 0x35, 0x2c, 0x07, 0x3b, 0x61, 0x08, 0xd7, 0x2d, 0x98, 0x10, 0xa3, 0x09, 0x14, 0xdf, 0xf4};
static const uint8 Block[16] = {0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96, 0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a};
static const uint8 Cmac128[16] = {0x07, 0x0a, 0x16, 0xb4, 0x6b, 0x4d, 0x41, 0x44, 0xf7, 0x9b, 0xdd, 0x9d, 0xd0, 0x4a, 0x28, 0x7c};
static const uint8 Cmac256[16] = {0x28, 0xa7, 0x02, 0x3f, 0x45, 0x2e, 0x8f, 0x82, 0xbd, 0x4b, 0xf2, 0x8d, 0x8c, 0x37, 0xc3, 0x5c};
static const uint8 Abc[3] = {0x61, 0x62, 0x63};
static const uint8 Sha1Abc[20] = {0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06, 0x81, 0x6a, 0xba, 0x3e,
                                  0x25, 0x71, 0x78, 0x50, 0xc2, 0x6c, 0x9c, 0xd0, 0xd8, 0x9d};
static const uint8 Sha256Abc[32] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
                                    0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
static const uint8 Sha512AbcFront[32] = {0xdd, 0xaf, 0x35, 0xa1, 0x93, 0x61, 0x7a, 0xba, 0xcc, 0x41, 0x73, 0x49, 0xae, 0x20, 0x41, 0x31,
                                         0x12, 0xe6, 0xfa, 0x4e, 0x89, 0xa9, 0x7e, 0xa2, 0x0a, 0x9e, 0xee, 0xe6, 0x4b, 0x55, 0xd3, 0x9a};
static const uint8 Jefe[4] = {0x4a, 0x65, 0x66, 0x65};
static const uint8 Want[28] = {0x77, 0x68, 0x61, 0x74, 0x20, 0x64, 0x6f, 0x20, 0x79, 0x61, 0x20, 0x77, 0x61, 0x6e,
                               0x74, 0x20, 0x66, 0x6f, 0x72, 0x20, 0x6e, 0x6f, 0x74, 0x68, 0x69, 0x6e, 0x67, 0x3f};
static const uint8 HmacWant[32] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7,
                                   0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43};

static void Hash(const char *name, uint8 algorithm, const uint8 *expected, uint32 compared)
{
    Load(Abc, sizeof(Abc));
    Begin();
    (void)Entry_Digest(algorithm, &Text, sizeof(Abc), Output);
    End(name, Same(expected, compared));
}

static void Mac(const char *name, uint8 algorithm, const uint8 *key, uint32 keyLength, const uint8 *text, uint32 length,
                const uint8 *expected, uint32 compared)
{
    boolean right;
    Load(key, keyLength);
    Begin();
    right = Entry_MacKey(algorithm, &Text, keyLength, &Key);
    Load(text, length);
    End("(its key)", right);
    Begin();
    (void)Entry_Mac(&Key, &Text, length, Output);
    End(name, Same(expected, compared));
    Output[0] ^= 0xFFU;
    Begin();
    Entry_MacStart(&Key, &State);
    Entry_MacUpdate(&State, &Text, 1U);
    Load(&text[1], length - 1U);
    Entry_MacUpdate(&State, &Text, length - 1U);
    (void)Entry_MacFinish(&State, Output);
    End("(streaming)", Same(expected, compared));
}

/* Signs and verifies RFC 6979's "sample"; the signature is the RFC's to the bit. */
static void Ecdsa(const char *signName, const char *verifyName, uint32 bits, uint8 hash, const uint8 *scalar, uint32 length,
                  const uint8 *expected)
{
    uint32 points;
    boolean right;
    Load(scalar, length);
    (void)Entry_SigningKey(bits, &Text, length, &State);
    (void)Entry_EcdhKey(bits, &Text, length, &Key);
    points = Entry_EcdhPublicKey(&Key, Output);
    Load(Output, points);
    (void)Entry_VerifyingKey(bits, &Text, points, &Key);
    Load(Sample, sizeof(Sample));
    Begin();
    right = (Entry_Sign(&State, hash, &Text, sizeof(Sample), Output) == (2U * length)) ? TRUE : FALSE;
    End(signName, ((right == TRUE) && (Same(expected, 2U * length) == TRUE)) ? TRUE : FALSE);
    Begin();
    right = Entry_Verify(&Key, hash, &Text, sizeof(Sample), Output);
    End(verifyName, right);
    Output[length] ^= 1U;
    right = (Entry_Verify(&Key, hash, &Text, sizeof(Sample), Output) == FALSE) ? TRUE : FALSE;
    End("(flipped)", right);
}

static void Ecdh(const char *name, uint32 bits, const uint8 *scalar, uint32 length, const uint8 *ownPoint, const uint8 *peer,
                 const uint8 *expected)
{
    boolean right;
    Load(scalar, length);
    right = Entry_EcdhKey(bits, &Text, length, &Key);
    (void)Entry_EcdhPublicKey(&Key, Output);
    End("(its public key)", ((right == TRUE) && (Same(ownPoint, 1U + (2U * length)) == TRUE)) ? TRUE : FALSE);
    Load(peer, 1U + (2U * length));
    Begin();
    right = (Entry_EcdhAgree(&Key, &Text, 1U + (2U * length), Output) == length) ? TRUE : FALSE;
    End(name, ((right == TRUE) && (Same(expected, length) == TRUE)) ? TRUE : FALSE);
    Text.bytes[length] ^= 1U;
    End("(off the curve)", (Entry_EcdhAgree(&Key, &Text, 1U + (2U * length), Output) == 0U) ? TRUE : FALSE);
}

static void Curve25519(void)
{
    uint8 publicKey[32];
    boolean right;
    Begin();
    right = Entry_Ed25519Key(Ed25519_Seed, &State);
    End("Ed25519-private-key", right);
    Load(Ed25519_Message, sizeof(Ed25519_Message));
    Begin();
    (void)Entry_Ed25519Sign(&State, &Text, sizeof(Ed25519_Message), Output);
    End("Ed25519-sign", Same(Ed25519_Signature, sizeof(Ed25519_Signature)));
    Begin();
    right = Entry_Ed25519Verify(Ed25519_PublicKey, &Text, sizeof(Ed25519_Message), Output);
    End("Ed25519-verify", right);
    Begin();
    (void)Entry_X25519(X25519_Scalar, X25519_Peer, publicKey, Output);
    End("X25519-pair-and-agreement", Same(X25519_Shared, sizeof(X25519_Shared)));
}

static void Drbg(void)
{
    uint32 i;
    boolean right;
    Begin();
    Entry_DrbgNew(Drbg_Seed, &State);
    (void)Entry_DrbgGenerate(&State, &Text, sizeof(Drbg_Output));
    right = Entry_DrbgGenerate(&State, &Text, sizeof(Drbg_Output));
    for (i = 0U; i < sizeof(Drbg_Output); i++)
    {
        Output[i] = Text.bytes[i];
    }
    End("CTR_DRBG", ((right == TRUE) && (Same(Drbg_Output, sizeof(Drbg_Output)) == TRUE)) ? TRUE : FALSE);
}

int main(void)
{
    static const char *const keys[7] = {"ecdsa::SigningKey",   "ecdsa::VerifyingKey",   "ecdh::PrivateKey", "ed25519::SigningKey",
                                        "ed25519::VerifyingKey", "x25519::PrivateKey", "drbg::CtrDrbg"};
    static const char *const names[7] = {"Hash", "MacKey", "Mac", "SigningKey", "VerifyingKey", "Digest", "Tag"};
    uint32 i;
    boolean right;
    uint8 signature[133];

    for (i = 0U; i < 7U; i++)
    {
        Size(names[i], ENTRY_SIZES[i]);
    }
    for (i = 0U; i < 7U; i++)
    {
        Size(keys[i], ENTRY_KEY_SIZES[i]);
    }
    Symmetric();
    Hash("SHA-1", 0U, Sha1Abc, sizeof(Sha1Abc));
    Hash("SHA-256", 2U, Sha256Abc, sizeof(Sha256Abc));
    Hash("SHA-512", 4U, Sha512AbcFront, sizeof(Sha512AbcFront));
    Mac("AES-128-CMAC", 0U, Aes128Key, sizeof(Aes128Key), Block, sizeof(Block), Cmac128, sizeof(Cmac128));
    Mac("AES-256-CMAC", 0U, Aes256Key, sizeof(Aes256Key), Block, sizeof(Block), Cmac256, sizeof(Cmac256));
    Mac("HMAC-SHA-256", 1U, Jefe, sizeof(Jefe), Want, sizeof(Want), HmacWant, sizeof(HmacWant));

    Load(J2_PublicKey, sizeof(J2_PublicKey));
    Begin();
    right = Entry_VerifyingKey(256U, &Text, sizeof(J2_PublicKey), &Key);
    End("P-256-public-key", right);
    Load(J2_SignedInfo, sizeof(J2_SignedInfo));
    for (i = 0U; i < sizeof(J2_Signature); i++)
    {
        signature[i] = J2_Signature[i];
    }
    Begin();
    right = Entry_Verify(&Key, 2U, &Text, sizeof(J2_SignedInfo), signature);
    End("ECDSA-verify", right);
    Text.bytes[100] ^= 1U;
    Begin();
    right = (Entry_Verify(&Key, 2U, &Text, sizeof(J2_SignedInfo), signature) == FALSE) ? TRUE : FALSE;
    End("ECDSA-verify-flipped", right);

    Load(J2_PrivateKey, sizeof(J2_PrivateKey));
    Begin();
    right = Entry_SigningKey(256U, &Text, sizeof(J2_PrivateKey), &State);
    End("P-256-private-key", right);
    Load(J2_SignedInfo, sizeof(J2_SignedInfo));
    Begin();
    right = (Entry_Sign(&State, 2U, &Text, sizeof(J2_SignedInfo), signature) == 64U) ? TRUE : FALSE;
    End("ECDSA-sign", right);
    Begin();
    right = Entry_Verify(&Key, 2U, &Text, sizeof(J2_SignedInfo), signature);
    End("ECDSA-verify-own", right);

    Ecdsa("ECDSA-P-384-sign", "ECDSA-P-384-verify", 384U, 3U, P384_Scalar, sizeof(P384_Scalar), P384_Signature);
    Ecdsa("ECDSA-P-521-sign", "ECDSA-P-521-verify", 521U, 4U, P521_Scalar, sizeof(P521_Scalar), P521_Signature);
    Ecdh("ECDH-P-256", 256U, P256_Own, sizeof(P256_Own), P256_OwnPoint, P256_Peer, P256_Shared);
    Ecdh("ECDH-P-384", 384U, P384_Own, sizeof(P384_Own), P384_OwnPoint, P384_Peer, P384_Shared);
    Ecdh("ECDH-P-521", 521U, P521_Own, sizeof(P521_Own), P521_OwnPoint, P521_Peer, P521_Shared);
    Curve25519();
    Drbg();

    Board_PrintNumber(Cases - Failures);
    Board_Print(" passed, ");
    Board_PrintNumber(Failures);
    Board_Print(" failed\n");
    return (Failures == 0U) ? 0 : 1;
}
