/* Rows: the soft driver's key management, with an instance that is configured here by hand. */
#include "table.h"

#define OUT_OF_RANGE KEYS
#define DET(sid, error) Table_Crypto((sid), (error))
#define HANDLE(sid) DET((sid), 0x04U)
#define POINTER(sid) DET((sid), 0x02U)
#define VALUE(sid) DET((sid), 0x05U)
#define UNINIT(sid) DET((sid), 0x00U)
#define UNAVAILABLE(sid) Table_Runtime(114U, (sid), 0x00U)
#define UNREADABLE(sid) Table_Runtime(114U, (sid), 0x01U)

/* The keys. */
enum
{
    PLAIN,    /* 1: 16 bytes with a value; 2: 16 bytes, never written; 3: not to be read; 4: not to be written; 5: in parts */
    COPY,     /* as PLAIN */
    GENERATE, /* an AES key; to be derived from, too; for random numbers */
    EXCHANGE, /* ECDH on P-256 */
    OWNING,   /* a private key of P-256 */
    CONTRACT, /* another one, with its public key */
    FORBIDDEN, /* as GENERATE, but no service may use it */
    KEYS
};

#define READ_DENIED CRYPTO_SOFT_RA_DENIED
#define WRITE_DENIED CRYPTO_SOFT_WA_DENIED
#define OCTET CRYPTO_KE_FORMAT_BIN_OCTET

static const uint8 Bytes[32] = {0x45U, 0x6FU, 0xC4U, 0xC1U, 0x2FU, 0x59U, 0xF5U, 0xF7U, 0x31U, 0x32U, 0x25U, 0x46U, 0xCCU, 0x1CU, 0x5BU, 0xFBU,
                                0xC6U, 0xA9U, 0x3DU, 0xFCU, 0xD6U, 0xA0U, 0xEAU, 0xE5U, 0xBAU, 0xF3U, 0xC0U, 0x43U, 0xC5U, 0x14U, 0x3FU, 0x2DU};
static const uint8 Aes[1] = {(uint8)CRYPTO_ALGOFAM_AES};
static const uint8 Ecdh[1] = {(uint8)CRYPTO_ALGOFAM_ECDH};
static const uint8 Hkdf[1] = {(uint8)CRYPTO_ALGOFAM_HKDF};

static const CryptoSoft_KeyElementConfigType PlainElements[5] = {
    {1U, 16U, 0U, Bytes, 16U, OCTET, 0U, 0U, FALSE, FALSE},
    {2U, 16U, 16U, NULL_PTR, 0U, OCTET, 0U, 0U, FALSE, FALSE},
    {3U, 16U, 32U, Bytes, 16U, OCTET, READ_DENIED, 0U, FALSE, FALSE},
    {4U, 16U, 48U, Bytes, 16U, OCTET, 0U, WRITE_DENIED, FALSE, FALSE},
    {5U, 32U, 64U, Bytes, 8U, OCTET, 0U, 0U, TRUE, FALSE}};
static const CryptoSoft_KeyElementConfigType GenerateElements[4] = {
    {1U, 16U, 0U, Bytes, 16U, OCTET, 0U, 0U, FALSE, FALSE},
    {3U, 16U, 16U, NULL_PTR, 0U, OCTET, 0U, 0U, FALSE, FALSE},
    {15U, 1U, 32U, Hkdf, 1U, OCTET, 0U, 0U, FALSE, FALSE},
    {17U, 1U, 33U, Aes, 1U, OCTET, 0U, 0U, FALSE, FALSE}};
static const CryptoSoft_KeyElementConfigType ExchangeElements[4] = {
    {1U, 32U, 0U, NULL_PTR, 0U, OCTET, READ_DENIED, 0U, FALSE, FALSE},
    {9U, 32U, 32U, NULL_PTR, 0U, OCTET, READ_DENIED, 0U, FALSE, FALSE},
    {10U, 65U, 64U, NULL_PTR, 0U, OCTET, 0U, 0U, FALSE, FALSE},
    {12U, 1U, 129U, Ecdh, 1U, OCTET, 0U, 0U, FALSE, FALSE}};
static const CryptoSoft_KeyElementConfigType PrivateElements[2] = {
    {1U, 32U, 0U, Bytes, 32U, OCTET, READ_DENIED, 0U, FALSE, FALSE},
    {1000U, 65U, 32U, NULL_PTR, 0U, OCTET, 0U, 0U, FALSE, FALSE}};

static const CryptoSoft_PrimitiveConfigType Management[8] = {
    {CRYPTO_RANDOMSEED, 0U, 0U, 0U},
    {CRYPTO_KEYGENERATE, 0U, 0U, 0U},
    {CRYPTO_KEYDERIVE, 0U, 0U, 0U},
    {CRYPTO_KEYEXCHANGECALCPUBVAL, 0U, 0U, 0U},
    {CRYPTO_KEYEXCHANGECALCSECRET, 0U, 0U, 0U},
    {CRYPTO_KEYSETVALID, 0U, 0U, 0U},
    {CRYPTO_KEYSETINVALID, 0U, 0U, 0U},
    {CRYPTO_CUSTOM_SERVICE, CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2, 0U, 0U}};
static const CryptoSoft_PrimitiveConfigType SetValid[1] = {{CRYPTO_KEYSETVALID, 0U, 0U, 0U}};

static uint8 Data[KEYS][160];
static uint32 Lengths[KEYS][5];
static const CryptoSoft_KeyConfigType KeyTable[KEYS] = {
#define KEY(id, elements, count, usages, usageCount) \
    {(elements), (count), Data[(id)], 160U, Lengths[(id)], CRYPTO_SOFT_FORM_NONE, (usages), (usageCount), CRYPTO_SOFT_NO_NV_BLOCK}
    KEY(PLAIN, PlainElements, 5U, Management, 8U),       KEY(COPY, PlainElements, 5U, Management, 8U),
    KEY(GENERATE, GenerateElements, 4U, Management, 8U), KEY(EXCHANGE, ExchangeElements, 4U, Management, 8U),
    KEY(OWNING, PrivateElements, 1U, Management, 8U),    KEY(CONTRACT, PrivateElements, 2U, Management, 8U),
    KEY(FORBIDDEN, GenerateElements, 4U, SetValid, 1U)
#undef KEY
};

static const CryptoSoft_ObjectConfigType Objects[1] = {{Management, 8U, 0U, 0U}};
static CryptoSoft_InstanceRamType Ram;
static CryptoSoft_ObjectRamType ObjectRam[1];
static CryptoSoft_KeyRamType KeyRam[KEYS];
static CryptoSoft_InstanceType Instance;

static void Configure(void)
{
    Instance = Crypto_Instance;
    Instance.objectCount = 1U;
    Instance.keyCount = KEYS;
    Instance.slotCount = 0U;
    Instance.objects = Objects;
    Instance.keys = KeyTable;
    Instance.ram = &Ram;
    Instance.objectRam = ObjectRam;
    Instance.keyRam = KeyRam;
    Instance.nvBlockCount = 0U;
}

static uint32 *Ids(uint32 count)
{
    return (uint32 *)(void *)Table_Out(count * 4U);
}

static void UninitialisedRows(void)
{
    REFUSED("V2gcrypt_CryptoSoft_KeyElementCopy", "not initialised", E_NOT_OK, UNINIT(0x0FU),
            V2gcrypt_CryptoSoft_KeyElementCopy(&Instance, PLAIN, 1U, COPY, 1U));
    REFUSED("V2gcrypt_CryptoSoft_KeyElementCopyPartial", "not initialised", E_NOT_OK, UNINIT(0x13U),
            V2gcrypt_CryptoSoft_KeyElementCopyPartial(&Instance, PLAIN, 5U, 0U, 0U, 1U, COPY, 5U));
    REFUSED("V2gcrypt_CryptoSoft_KeyCopy", "not initialised", E_NOT_OK, UNINIT(0x10U),
            V2gcrypt_CryptoSoft_KeyCopy(&Instance, EXCHANGE, EXCHANGE));
    REFUSED("V2gcrypt_CryptoSoft_KeyElementIdsGet", "not initialised", E_NOT_OK, UNINIT(0x11U),
            V2gcrypt_CryptoSoft_KeyElementIdsGet(&Instance, PLAIN, Ids(5U), Table_Room(5U)));
    REFUSED("V2gcrypt_CryptoSoft_RandomSeed", "not initialised", E_NOT_OK, UNINIT(0x0DU),
            V2gcrypt_CryptoSoft_RandomSeed(&Instance, GENERATE, Table_In(8U), 8U));
    REFUSED("V2gcrypt_CryptoSoft_KeyGenerate", "not initialised", E_NOT_OK, UNINIT(0x07U),
            V2gcrypt_CryptoSoft_KeyGenerate(&Instance, GENERATE));
    REFUSED("V2gcrypt_CryptoSoft_KeyDerive", "not initialised", E_NOT_OK, UNINIT(0x08U),
            V2gcrypt_CryptoSoft_KeyDerive(&Instance, GENERATE, COPY));
    REFUSED("V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal", "not initialised", E_NOT_OK, UNINIT(0x09U),
            V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal(&Instance, EXCHANGE, Table_Out(65U), Table_Room(65U)));
    REFUSED("V2gcrypt_CryptoSoft_KeyExchangeCalcSecret", "not initialised", E_NOT_OK, UNINIT(0x0AU),
            V2gcrypt_CryptoSoft_KeyExchangeCalcSecret(&Instance, EXCHANGE, Table_In(64U), 64U));
    REFUSED("V2gcrypt_CryptoSoft_CustomSync", "not initialised", E_NOT_OK, UNINIT(0x1AU),
            V2gcrypt_CryptoSoft_CustomSync(&Instance, 0U, PLAIN, 1U, COPY, 1U, Table_In(8U), 8U, Table_Out(8U), Table_Room(8U),
                                           NULL_PTR, NULL_PTR));
}

static void CopyRows(void)
{
    static const uint32 unknown[3] = {OUT_OF_RANGE, 0x7FFFFFFFU, 0xFFFFFFFFU};
    const char *name = "V2gcrypt_CryptoSoft_KeyElementCopy";
    uint32 i;
#define COPIES(key, element, target, targetElement) \
    V2gcrypt_CryptoSoft_KeyElementCopy(&Instance, (key), (element), (target), (targetElement))
    for (i = 0U; i < 3U; i++)
    {
        REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x0FU), COPIES(unknown[i], 1U, COPY, 1U));
        REFUSED(name, "unknown target", E_NOT_OK, HANDLE(0x0FU), COPIES(PLAIN, 1U, unknown[i], 1U));
    }
    REFUSED(name, "unknown element", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x0FU), COPIES(PLAIN, 6U, COPY, 1U));
    REFUSED(name, "unknown target element", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x0FU), COPIES(PLAIN, 1U, COPY, 6U));
    REFUSED(name, "onto itself", E_NOT_OK, Table_Silent(), COPIES(PLAIN, 1U, PLAIN, 1U));
    REFUSED(name, "never written", CRYPTO_E_KEY_EMPTY, Table_Silent(), COPIES(PLAIN, 2U, COPY, 1U));
    REFUSED(name, "not to be read", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x0FU), COPIES(PLAIN, 3U, COPY, 1U));
    REFUSED(name, "not to be written", CRYPTO_E_KEY_WRITE_FAIL, Table_Silent(), COPIES(PLAIN, 1U, COPY, 4U));
    REFUSED(name, "another length", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(), COPIES(PLAIN, 5U, COPY, 1U));
    REFUSED(name, "works", E_OK, Table_Silent(), COPIES(PLAIN, 1U, COPY, 1U));
    REFUSED(name, "to be read less", E_OK, Table_Silent(), COPIES(PLAIN, 1U, COPY, 3U));
    REFUSED(name, "within a key", E_OK, Table_Silent(), COPIES(PLAIN, 1U, PLAIN, 2U));
#undef COPIES

    name = "V2gcrypt_CryptoSoft_KeyElementCopyPartial";
#define COPIES(key, element, from, to, length, target, targetElement) \
    V2gcrypt_CryptoSoft_KeyElementCopyPartial(&Instance, (key), (element), (from), (to), (length), (target), (targetElement))
    for (i = 0U; i < 3U; i++)
    {
        REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x13U), COPIES(unknown[i], 5U, 0U, 0U, 1U, COPY, 5U));
        REFUSED(name, "unknown target", E_NOT_OK, HANDLE(0x13U), COPIES(PLAIN, 5U, 0U, 0U, 1U, unknown[i], 5U));
    }
    REFUSED(name, "no bytes", E_NOT_OK, VALUE(0x13U), COPIES(PLAIN, 5U, 0U, 0U, 0U, COPY, 5U));
    REFUSED(name, "unknown element", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x13U), COPIES(PLAIN, 6U, 0U, 0U, 1U, COPY, 5U));
    REFUSED(name, "unknown target element", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x13U), COPIES(PLAIN, 5U, 0U, 0U, 1U, COPY, 6U));
    REFUSED(name, "source as a whole only", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x13U), COPIES(PLAIN, 1U, 0U, 0U, 1U, COPY, 5U));
    REFUSED(name, "target as a whole only", CRYPTO_E_KEY_WRITE_FAIL, Table_Silent(), COPIES(PLAIN, 5U, 0U, 0U, 1U, COPY, 1U));
    REFUSED(name, "behind what is stored", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(), COPIES(PLAIN, 5U, 8U, 0U, 1U, COPY, 5U));
    REFUSED(name, "one too long", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(), COPIES(PLAIN, 5U, 0U, 0U, 9U, COPY, 5U));
    REFUSED(name, "a gap", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(), COPIES(PLAIN, 5U, 0U, 9U, 1U, COPY, 5U));
    REFUSED(name, "a length that wraps", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(), COPIES(PLAIN, 5U, 1U, 1U, 0xFFFFFFFFU, COPY, 5U));
    REFUSED(name, "an offset that wraps", CRYPTO_E_KEY_SIZE_MISMATCH, Table_Silent(), COPIES(PLAIN, 5U, 0xFFFFFFFFU, 0U, 2U, COPY, 5U));
    REFUSED(name, "works", E_OK, Table_Silent(), COPIES(PLAIN, 5U, 0U, 8U, 8U, COPY, 5U));
#undef COPIES

    name = "V2gcrypt_CryptoSoft_KeyCopy";
    for (i = 0U; i < 3U; i++)
    {
        REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x10U), V2gcrypt_CryptoSoft_KeyCopy(&Instance, unknown[i], COPY));
        REFUSED(name, "unknown target", E_NOT_OK, HANDLE(0x10U), V2gcrypt_CryptoSoft_KeyCopy(&Instance, PLAIN, unknown[i]));
    }
    REFUSED(name, "onto itself", E_NOT_OK, Table_Silent(), V2gcrypt_CryptoSoft_KeyCopy(&Instance, EXCHANGE, EXCHANGE));
    REFUSED(name, "of another type", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x10U),
            V2gcrypt_CryptoSoft_KeyCopy(&Instance, EXCHANGE, GENERATE));
    REFUSED(name, "not to be read", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x10U), V2gcrypt_CryptoSoft_KeyCopy(&Instance, PLAIN, COPY));
    REFUSED(name, "works", E_OK, Table_Silent(), V2gcrypt_CryptoSoft_KeyCopy(&Instance, GENERATE, FORBIDDEN));
}

static void IdRows(void)
{
    const char *const name = "V2gcrypt_CryptoSoft_KeyElementIdsGet";
    uint32 ids[5];
    uint32 length = 5U;
#define GETS(key, ids, length) V2gcrypt_CryptoSoft_KeyElementIdsGet(&Instance, (key), (ids), (length))
    REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x11U), GETS(OUT_OF_RANGE, Ids(5U), Table_Room(5U)));
    REFUSED(name, "null ids", E_NOT_OK, POINTER(0x11U), GETS(PLAIN, NULL_PTR, Table_Room(5U)));
    REFUSED(name, "null length", E_NOT_OK, POINTER(0x11U), GETS(PLAIN, Ids(5U), NULL_PTR));
    REFUSED(name, "length word over the ids", E_NOT_OK, POINTER(0x11U), GETS(PLAIN, Table_Room(5U), Table_Room(5U)));
    REFUSED(name, "more than there can be", E_NOT_OK, POINTER(0x11U), GETS(PLAIN, Ids(5U), Table_Room(0x40000000U)));
    REFUSED(name, "no room", E_NOT_OK, VALUE(0x11U), GETS(PLAIN, Ids(5U), Table_Room(0U)));
    REFUSED(name, "one too few", E_NOT_OK, Table_Silent(), GETS(PLAIN, Ids(4U), Table_Room(4U)));
#undef GETS
    CHECK_CODE(E_OK, V2gcrypt_CryptoSoft_KeyElementIdsGet(&Instance, EXCHANGE, ids, &length));
    CHECK((length == 4U) && (ids[0] == 1U) && (ids[1] == 9U) && (ids[2] == 10U) && (ids[3] == 12U));
}

static void ComputedRows(void)
{
    const char *name = "V2gcrypt_CryptoSoft_RandomSeed";
#define SEEDS(key, seed, length) V2gcrypt_CryptoSoft_RandomSeed(&Instance, (key), (seed), (length))
    REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x0DU), SEEDS(OUT_OF_RANGE, Table_In(8U), 8U));
    REFUSED(name, "null", E_NOT_OK, POINTER(0x0DU), SEEDS(GENERATE, NULL_PTR, 8U));
    REFUSED(name, "no bytes", E_NOT_OK, VALUE(0x0DU), SEEDS(GENERATE, Table_In(8U), 0U));
    REFUSED(name, "not a key for random numbers", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x0DU), SEEDS(EXCHANGE, Table_In(8U), 8U));
    REFUSED(name, "not valid", CRYPTO_E_KEY_NOT_VALID, Table_Silent(), SEEDS(GENERATE, Table_In(8U), 8U));
    REFUSED(name, "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x0DU), SEEDS(FORBIDDEN, Table_In(8U), 8U));
    CHECK_CODE(E_OK, V2gcrypt_CryptoSoft_KeySetValid(&Instance, GENERATE));
    REFUSED(name, "works", E_OK, Table_Silent(), SEEDS(GENERATE, Table_In(8U), 8U));
#undef SEEDS

    name = "V2gcrypt_CryptoSoft_KeyDerive";
#define DERIVES(key, target) V2gcrypt_CryptoSoft_KeyDerive(&Instance, (key), (target))
    REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x08U), DERIVES(OUT_OF_RANGE, COPY));
    REFUSED(name, "unknown target", E_NOT_OK, HANDLE(0x08U), DERIVES(GENERATE, OUT_OF_RANGE));
    REFUSED(name, "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x08U), DERIVES(FORBIDDEN, COPY));
    REFUSED(name, "not valid", CRYPTO_E_KEY_NOT_VALID, Table_Silent(), DERIVES(EXCHANGE, EXCHANGE));
    REFUSED(name, "easier to read", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x08U), DERIVES(EXCHANGE, COPY));
    REFUSED(name, "works", E_OK, Table_Silent(), DERIVES(GENERATE, COPY));
#undef DERIVES

    name = "V2gcrypt_CryptoSoft_KeyGenerate";
    REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x07U), V2gcrypt_CryptoSoft_KeyGenerate(&Instance, OUT_OF_RANGE));
    REFUSED(name, "no algorithm", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x07U), V2gcrypt_CryptoSoft_KeyGenerate(&Instance, PLAIN));
    REFUSED(name, "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x07U), V2gcrypt_CryptoSoft_KeyGenerate(&Instance, FORBIDDEN));
    REFUSED(name, "works", E_OK, Table_Silent(), V2gcrypt_CryptoSoft_KeyGenerate(&Instance, GENERATE));
}

static void ExchangeRows(void)
{
    const char *name = "V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal";
    uint8 partner[65];
    uint32 length = 65U;
#define TELLS(key, value, length) V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal(&Instance, (key), (value), (length))
    REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x09U), TELLS(OUT_OF_RANGE, Table_Out(65U), Table_Room(65U)));
    REFUSED(name, "null value", E_NOT_OK, POINTER(0x09U), TELLS(EXCHANGE, NULL_PTR, Table_Room(65U)));
    REFUSED(name, "null length", E_NOT_OK, POINTER(0x09U), TELLS(EXCHANGE, Table_Out(65U), NULL_PTR));
    REFUSED(name, "length word over the value", E_NOT_OK, POINTER(0x09U), TELLS(EXCHANGE, (uint8 *)Table_Room(65U), Table_Room(65U)));
    REFUSED(name, "no room", E_NOT_OK, VALUE(0x09U), TELLS(EXCHANGE, Table_Out(65U), Table_Room(0U)));
    REFUSED(name, "one too few", E_NOT_OK, Table_Silent(), TELLS(EXCHANGE, Table_Out(64U), Table_Room(64U)));
    REFUSED(name, "no private key", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x09U), TELLS(PLAIN, Table_Out(65U), Table_Room(65U)));
    REFUSED(name, "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x09U), TELLS(FORBIDDEN, Table_Out(65U), Table_Room(65U)));
    WORKS(name, "works", 65U, TELLS(EXCHANGE, Table_Out(65U), Table_Room(65U)));
    CHECK_CODE(E_OK, TELLS(EXCHANGE, partner, &length));
#undef TELLS

    name = "V2gcrypt_CryptoSoft_KeyExchangeCalcSecret";
#define AGREES(key, value, length) V2gcrypt_CryptoSoft_KeyExchangeCalcSecret(&Instance, (key), (value), (length))
    REFUSED(name, "unknown key", E_NOT_OK, HANDLE(0x0AU), AGREES(OUT_OF_RANGE, Table_In(64U), 64U));
    REFUSED(name, "null", E_NOT_OK, POINTER(0x0AU), AGREES(EXCHANGE, NULL_PTR, 64U));
    REFUSED(name, "no bytes", E_NOT_OK, VALUE(0x0AU), AGREES(EXCHANGE, Table_In(64U), 0U));
    REFUSED(name, "not on the curve", E_NOT_OK, Table_Silent(), AGREES(EXCHANGE, Table_In(64U), 64U));
    REFUSED(name, "one too short", E_NOT_OK, Table_Silent(), AGREES(EXCHANGE, Table_Secondary(partner, 63U), 63U));
    REFUSED(name, "no private key", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x0AU), AGREES(PLAIN, Table_Secondary(partner, 65U), 65U));
    REFUSED(name, "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x0AU), AGREES(FORBIDDEN, Table_Secondary(partner, 65U), 65U));
    REFUSED(name, "works", E_OK, Table_Silent(), AGREES(EXCHANGE, Table_Secondary(partner, 65U), 65U));
    REFUSED(name, "not valid any more", CRYPTO_E_KEY_NOT_VALID, Table_Silent(), AGREES(EXCHANGE, Table_Secondary(partner, 65U), 65U));
#undef AGREES

    name = "V2gcrypt_CryptoSoft_CustomSync";
    REFUSED(name, "a dispatch id", E_NOT_OK, HANDLE(0x1AU),
            V2gcrypt_CryptoSoft_CustomSync(&Instance, 0U, PLAIN, 1U, COPY, 1U, Table_In(8U), 8U, Table_Out(8U), Table_Room(8U),
                                           NULL_PTR, NULL_PTR));
    REFUSED(name, "nothing but null", E_NOT_OK, HANDLE(0x1AU),
            V2gcrypt_CryptoSoft_CustomSync(&Instance, 0xFFFFFFFFU, OUT_OF_RANGE, 0U, OUT_OF_RANGE, 0U, NULL_PTR, 0U, NULL_PTR,
                                           NULL_PTR, NULL_PTR, NULL_PTR));
}

/* The generated functions, which pass everything on to the same core. */
static void GeneratedRows(void)
{
    const uint32 key = CryptoConf_CryptoKey_SpareKey;
    const uint32 count = Crypto_Instance.keyCount;
    REFUSED("Crypto_KeyElementCopy", "unknown key", E_NOT_OK, HANDLE(0x0FU), Crypto_KeyElementCopy(count, 1U, key, 1U));
    REFUSED("Crypto_KeyElementCopy", "unknown target", E_NOT_OK, HANDLE(0x0FU), Crypto_KeyElementCopy(key, 1U, count, 1U));
    REFUSED("Crypto_KeyElementCopy", "unknown element", CRYPTO_E_KEY_NOT_AVAILABLE, UNAVAILABLE(0x0FU),
            Crypto_KeyElementCopy(key, 99U, key, 1U));
    REFUSED("Crypto_KeyElementCopy", "onto itself", E_NOT_OK, Table_Silent(), Crypto_KeyElementCopy(key, 1U, key, 1U));
    REFUSED("Crypto_KeyElementCopy", "not to be read", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x0FU),
            Crypto_KeyElementCopy(CryptoConf_CryptoKey_SignKey, 1U, key, 1U));
    REFUSED("Crypto_KeyElementCopy", "not to be written", CRYPTO_E_KEY_WRITE_FAIL, Table_Silent(),
            Crypto_KeyElementCopy(key, 1U, key, 1000U));
    REFUSED("Crypto_KeyElementCopyPartial", "unknown key", E_NOT_OK, HANDLE(0x13U),
            Crypto_KeyElementCopyPartial(count, 5U, 0U, 0U, 1U, key, 5U));
    REFUSED("Crypto_KeyElementCopyPartial", "no bytes", E_NOT_OK, VALUE(0x13U),
            Crypto_KeyElementCopyPartial(key, 5U, 0U, 0U, 0U, key, 1U));
    REFUSED("Crypto_KeyElementCopyPartial", "source as a whole only", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x13U),
            Crypto_KeyElementCopyPartial(key, 1U, 0U, 0U, 1U, key, 5U));
    REFUSED("Crypto_KeyCopy", "unknown key", E_NOT_OK, HANDLE(0x10U), Crypto_KeyCopy(count, key));
    REFUSED("Crypto_KeyCopy", "unknown target", E_NOT_OK, HANDLE(0x10U), Crypto_KeyCopy(key, count));
    REFUSED("Crypto_KeyCopy", "onto itself", E_NOT_OK, Table_Silent(), Crypto_KeyCopy(key, key));
    REFUSED("Crypto_KeyElementIdsGet", "unknown key", E_NOT_OK, HANDLE(0x11U), Crypto_KeyElementIdsGet(count, Ids(3U), Table_Room(3U)));
    REFUSED("Crypto_KeyElementIdsGet", "null ids", E_NOT_OK, POINTER(0x11U), Crypto_KeyElementIdsGet(key, NULL_PTR, Table_Room(3U)));
    REFUSED("Crypto_KeyElementIdsGet", "null length", E_NOT_OK, POINTER(0x11U), Crypto_KeyElementIdsGet(key, Ids(3U), NULL_PTR));
    REFUSED("Crypto_KeyElementIdsGet", "no room", E_NOT_OK, VALUE(0x11U), Crypto_KeyElementIdsGet(key, Ids(3U), Table_Room(0U)));
    REFUSED("Crypto_KeyElementIdsGet", "too few", E_NOT_OK, Table_Silent(), Crypto_KeyElementIdsGet(key, Ids(1U), Table_Room(1U)));
    REFUSED("Crypto_RandomSeed", "unknown key", E_NOT_OK, HANDLE(0x0DU), Crypto_RandomSeed(count, Table_In(8U), 8U));
    REFUSED("Crypto_RandomSeed", "null", E_NOT_OK, POINTER(0x0DU), Crypto_RandomSeed(key, NULL_PTR, 8U));
    REFUSED("Crypto_RandomSeed", "no bytes", E_NOT_OK, VALUE(0x0DU), Crypto_RandomSeed(key, Table_In(8U), 0U));
    REFUSED("Crypto_RandomSeed", "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x0DU), Crypto_RandomSeed(key, Table_In(8U), 8U));
    REFUSED("Crypto_KeyGenerate", "unknown key", E_NOT_OK, HANDLE(0x07U), Crypto_KeyGenerate(count));
    REFUSED("Crypto_KeyGenerate", "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x07U), Crypto_KeyGenerate(key));
    REFUSED("Crypto_KeyDerive", "unknown key", E_NOT_OK, HANDLE(0x08U), Crypto_KeyDerive(count, key));
    REFUSED("Crypto_KeyDerive", "unknown target", E_NOT_OK, HANDLE(0x08U), Crypto_KeyDerive(key, count));
    REFUSED("Crypto_KeyDerive", "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x08U), Crypto_KeyDerive(key, key));
    REFUSED("Crypto_KeyExchangeCalcPubVal", "unknown key", E_NOT_OK, HANDLE(0x09U),
            Crypto_KeyExchangeCalcPubVal(count, Table_Out(65U), Table_Room(65U)));
    REFUSED("Crypto_KeyExchangeCalcPubVal", "null value", E_NOT_OK, POINTER(0x09U),
            Crypto_KeyExchangeCalcPubVal(key, NULL_PTR, Table_Room(65U)));
    REFUSED("Crypto_KeyExchangeCalcPubVal", "null length", E_NOT_OK, POINTER(0x09U),
            Crypto_KeyExchangeCalcPubVal(key, Table_Out(65U), NULL_PTR));
    REFUSED("Crypto_KeyExchangeCalcPubVal", "no room", E_NOT_OK, VALUE(0x09U),
            Crypto_KeyExchangeCalcPubVal(key, Table_Out(65U), Table_Room(0U)));
    REFUSED("Crypto_KeyExchangeCalcPubVal", "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x09U),
            Crypto_KeyExchangeCalcPubVal(key, Table_Out(65U), Table_Room(65U)));
    REFUSED("Crypto_KeyExchangeCalcSecret", "unknown key", E_NOT_OK, HANDLE(0x0AU),
            Crypto_KeyExchangeCalcSecret(count, Table_In(64U), 64U));
    REFUSED("Crypto_KeyExchangeCalcSecret", "null", E_NOT_OK, POINTER(0x0AU), Crypto_KeyExchangeCalcSecret(key, NULL_PTR, 64U));
    REFUSED("Crypto_KeyExchangeCalcSecret", "no bytes", E_NOT_OK, VALUE(0x0AU), Crypto_KeyExchangeCalcSecret(key, Table_In(64U), 0U));
    REFUSED("Crypto_KeyExchangeCalcSecret", "not allowed", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x0AU),
            Crypto_KeyExchangeCalcSecret(key, Table_In(64U), 64U));
    REFUSED("Crypto_CustomSync", "a dispatch id", E_NOT_OK, HANDLE(0x1AU),
            Crypto_CustomSync(0U, key, 1U, key, 1U, Table_In(8U), 8U, Table_Out(8U), Table_Room(8U), NULL_PTR, NULL_PTR));
}

/* Before any Init. */
void Table_UninitialisedDriverKeyRows(void)
{
    REFUSED("Crypto_KeyElementCopy", "not initialised", E_NOT_OK, UNINIT(0x0FU), Crypto_KeyElementCopy(0U, 1U, 1U, 1U));
    REFUSED("Crypto_KeyElementCopyPartial", "not initialised", E_NOT_OK, UNINIT(0x13U),
            Crypto_KeyElementCopyPartial(0U, 1U, 0U, 0U, 1U, 1U, 1U));
    REFUSED("Crypto_KeyCopy", "not initialised", E_NOT_OK, UNINIT(0x10U), Crypto_KeyCopy(0U, 1U));
    REFUSED("Crypto_KeyElementIdsGet", "not initialised", E_NOT_OK, UNINIT(0x11U), Crypto_KeyElementIdsGet(0U, Ids(5U), Table_Room(5U)));
    REFUSED("Crypto_RandomSeed", "not initialised", E_NOT_OK, UNINIT(0x0DU), Crypto_RandomSeed(0U, Table_In(8U), 8U));
    REFUSED("Crypto_KeyGenerate", "not initialised", E_NOT_OK, UNINIT(0x07U), Crypto_KeyGenerate(0U));
    REFUSED("Crypto_KeyDerive", "not initialised", E_NOT_OK, UNINIT(0x08U), Crypto_KeyDerive(0U, 1U));
    REFUSED("Crypto_KeyExchangeCalcPubVal", "not initialised", E_NOT_OK, UNINIT(0x09U),
            Crypto_KeyExchangeCalcPubVal(0U, Table_Out(65U), Table_Room(65U)));
    REFUSED("Crypto_KeyExchangeCalcSecret", "not initialised", E_NOT_OK, UNINIT(0x0AU),
            Crypto_KeyExchangeCalcSecret(0U, Table_In(64U), 64U));
    REFUSED("Crypto_CustomSync", "not initialised", E_NOT_OK, UNINIT(0x1AU),
            Crypto_CustomSync(0U, 0U, 1U, 1U, 1U, Table_In(8U), 8U, Table_Out(8U), Table_Room(8U), NULL_PTR, NULL_PTR));
}

/* The contract key of ISO 15118-2, as in crypto-driver/tests/vectors/contract-keys.txt: `Bytes` is the owning key. */
static const uint8 Encrypted[48] = {
    0x00U, 0x01U, 0x02U, 0x03U, 0x04U, 0x05U, 0x06U, 0x07U, 0x08U, 0x09U, 0x0AU, 0x0BU, 0x0CU, 0x0DU, 0x0EU, 0x0FU,
    0x59U, 0x9CU, 0x86U, 0x70U, 0x37U, 0xB2U, 0x76U, 0xCAU, 0x82U, 0xBBU, 0xBAU, 0x90U, 0x74U, 0x0DU, 0x8AU, 0xB3U,
    0xAFU, 0x2FU, 0xFBU, 0xB0U, 0x9AU, 0x30U, 0xEFU, 0x6CU, 0x33U, 0x2BU, 0xA4U, 0xE7U, 0x5EU, 0xEDU, 0x52U, 0x15U};
static const uint8 DhPublicKey[65] = {
    0x04U, 0xA5U, 0x6AU, 0x58U, 0x76U, 0x21U, 0x3BU, 0xA4U, 0xE9U, 0xA8U, 0xB0U, 0xB5U, 0xAEU, 0xBCU, 0x56U, 0x20U,
    0xBEU, 0x1FU, 0xD7U, 0x6DU, 0x6DU, 0x8BU, 0x54U, 0xC4U, 0xE3U, 0xDEU, 0xCAU, 0x11U, 0x7AU, 0x16U, 0x4FU, 0x2EU,
    0x75U, 0x99U, 0xE5U, 0x26U, 0xAEU, 0x3CU, 0x1EU, 0xD7U, 0x2BU, 0x44U, 0x03U, 0xDBU, 0x3BU, 0xD1U, 0x06U, 0x5EU,
    0x0DU, 0x1BU, 0x4DU, 0x28U, 0x23U, 0x39U, 0x58U, 0xD0U, 0xD8U, 0x79U, 0x79U, 0xD4U, 0x44U, 0x64U, 0x7DU, 0x4EU,
    0x82U};
static const uint8 PublicKey[65] = {
    0x04U, 0xF2U, 0x75U, 0x8FU, 0xA3U, 0xE1U, 0x8CU, 0xFEU, 0x16U, 0x9BU, 0x25U, 0x91U, 0xD1U, 0x6EU, 0xE7U, 0xB5U,
    0xC5U, 0x9CU, 0x6CU, 0x22U, 0x3FU, 0x02U, 0x72U, 0xE7U, 0x31U, 0xB8U, 0x03U, 0x71U, 0x82U, 0x22U, 0xEFU, 0x8BU,
    0xA0U, 0x36U, 0xDFU, 0xCDU, 0x17U, 0x48U, 0xFBU, 0x11U, 0x7EU, 0xE8U, 0xEEU, 0x2DU, 0x5EU, 0xB9U, 0xF8U, 0x24U,
    0xDBU, 0xB0U, 0x6DU, 0x18U, 0x35U, 0x03U, 0x8EU, 0x39U, 0xB3U, 0xCEU, 0xBAU, 0x6FU, 0x16U, 0xDDU, 0xCEU, 0xB0U,
    0x3BU};

/* A job record, as Csm hands it down. */
static Crypto_JobType *Import(uint32 target, const uint8 *encrypted, uint32 length)
{
    static const Crypto_PrimitiveInfoType primitive = {CRYPTO_CUSTOM_SERVICE,
                                                       {CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2, 0U, 0U, 0U}};
    static const Crypto_JobPrimitiveInfoType info = {0U, &primitive, OWNING, CRYPTO_PROCESSING_SYNC};
    static Crypto_JobType job; /* what is not set here stays zero */
    Crypto_JobPrimitiveInputOutputType *const io = &job.jobPrimitiveInputOutput;
    job.jobPrimitiveInfo = &info;
    job.cryptoKeyId = OWNING;
    job.targetCryptoKeyId = target;
    io->mode = CRYPTO_OPERATIONMODE_SINGLECALL;
    io->inputPtr = encrypted;
    io->inputLength = length;
    io->secondaryInputPtr = DhPublicKey;
    io->secondaryInputLength = 65U;
    io->tertiaryInputPtr = PublicKey;
    io->tertiaryInputLength = 65U;
    return &job;
}

static void ImportRows(void)
{
    const char *const name = "V2gcrypt_CryptoSoft_ProcessJob";
    uint8 flipped[48];
    uint8 stored[65];
    uint32 length = 65U;
#define IMPORTS(target, encrypted, length) V2gcrypt_CryptoSoft_ProcessJob(&Instance, 0U, Import((target), (encrypted), (length)))
    REFUSED(name, "import: owning key not valid", CRYPTO_E_KEY_NOT_VALID, Table_Silent(), IMPORTS(CONTRACT, Encrypted, 48U));
    CHECK_CODE(E_OK, V2gcrypt_CryptoSoft_KeySetValid(&Instance, OWNING));
    CHECK_CODE(E_OK, V2gcrypt_CryptoSoft_KeySetValid(&Instance, CONTRACT));
    REFUSED(name, "import: unknown target", E_NOT_OK, HANDLE(0x03U), IMPORTS(OUT_OF_RANGE, Encrypted, 48U));
    REFUSED(name, "import: null", E_NOT_OK, POINTER(0x03U), IMPORTS(CONTRACT, NULL_PTR, 48U));
    REFUSED(name, "import: no bytes", E_NOT_OK, VALUE(0x03U), IMPORTS(CONTRACT, Encrypted, 0U));
    REFUSED(name, "import: one too short", E_NOT_OK, Table_Silent(), IMPORTS(CONTRACT, Encrypted, 47U));
    REFUSED(name, "import: into what can be read", CRYPTO_E_KEY_READ_FAIL, UNREADABLE(0x03U), IMPORTS(PLAIN, Encrypted, 48U));
    Test_Copy(flipped, Encrypted, 48U);
    flipped[47] ^= 1U;
    REFUSED(name, "import: one bit is wrong", CRYPTO_E_CUSTOM_ERROR, Table_Silent(),
            IMPORTS(CONTRACT, Guard_Input(GUARD_DATA, flipped, 48U), 48U));
    GIVES("V2gcrypt_CryptoSoft_KeyGetStatus", "valid still", CRYPTO_KEYSTATUS_VALID,
          V2gcrypt_CryptoSoft_KeyGetStatus(&Instance, CONTRACT, Table_Verdict()));
    REFUSED(name, "import: works", E_OK, Table_Silent(), IMPORTS(CONTRACT, Guard_Input(GUARD_DATA, Encrypted, 48U), 48U));
    GIVES("V2gcrypt_CryptoSoft_KeyGetStatus", "invalid until it is set valid", CRYPTO_KEYSTATUS_INVALID,
          V2gcrypt_CryptoSoft_KeyGetStatus(&Instance, CONTRACT, Table_Verdict()));
    CHECK_CODE(E_OK, V2gcrypt_CryptoSoft_KeyElementGet(&Instance, CONTRACT, CRYPTO_KE_V2GCRYPT_PUBLICKEY, stored, &length));
    CHECK((length == 65U) && (Test_Same(stored, PublicKey, 65U) == TRUE));
#undef IMPORTS
}

/* No instance at all: the report names instance 0, which rows do not expect; so the code is what counts. */
static void NullRows(void)
{
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyElementCopy(NULL_PTR, 0U, 1U, 1U, 1U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyElementCopyPartial(NULL_PTR, 0U, 1U, 0U, 0U, 1U, 1U, 1U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyCopy(NULL_PTR, 0U, 1U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyElementIdsGet(NULL_PTR, 0U, Ids(5U), Table_Room(5U)));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_RandomSeed(NULL_PTR, 0U, Table_In(8U), 8U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyGenerate(NULL_PTR, 0U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyDerive(NULL_PTR, 0U, 1U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal(NULL_PTR, 0U, Table_Out(65U), Table_Room(65U)));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_KeyExchangeCalcSecret(NULL_PTR, 0U, Table_In(64U), 64U));
    CHECK_CODE(E_NOT_OK, V2gcrypt_CryptoSoft_CustomSync(NULL_PTR, 0U, 0U, 1U, 1U, 1U, Table_In(8U), 8U, Table_Out(8U), Table_Room(8U),
                                                        NULL_PTR, NULL_PTR));
}

void Table_DriverKeyRows(void)
{
    Configure();
    UninitialisedRows();
    V2gcrypt_CryptoSoft_Init(&Instance, NULL_PTR);
    CopyRows();
    IdRows();
    ComputedRows();
    ExchangeRows();
    ImportRows();
    NullRows();
    GeneratedRows();
    Test_ClearReports();
}
