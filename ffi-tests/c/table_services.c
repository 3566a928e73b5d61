/* Rows: ciphers, key management by jobs, custom services, and the key management of two keys, of Csm and CryIf. The driver below
 * is one in C that takes everything and writes nothing, so that a row shows what Csm and CryIf do. */
#include <string.h>

#include "table.h"

#define NO_KEY 0xFFFFFFFFU
#define UNKNOWN 0xFFFFFFFEU
#define KEYS 4U
#define SERVICES 12U

/* The driver */

static Std_ReturnType Process(uint32 objectId, Crypto_JobType *job)
{
    (void)objectId;
    (void)job;
    return E_OK;
}

static Std_ReturnType TakeOne(uint32 key)
{
    (void)key;
    return E_OK;
}

static Std_ReturnType TakeTwo(uint32 key, uint32 target)
{
    (void)key;
    (void)target;
    return E_OK;
}

static Std_ReturnType TakeElements(uint32 key, uint32 element, uint32 target, uint32 targetElement)
{
    (void)key;
    (void)element;
    (void)target;
    (void)targetElement;
    return E_OK;
}

static Std_ReturnType TakePart(uint32 key, uint32 element, uint32 from, uint32 to, uint32 length, uint32 target, uint32 targetElement)
{
    (void)from;
    (void)to;
    (void)length;
    return TakeElements(key, element, target, targetElement);
}

static Std_ReturnType TakeBytes(uint32 key, const uint8 *bytes, uint32 length)
{
    (void)key;
    (void)bytes;
    (void)length;
    return E_OK;
}

static Std_ReturnType TakeRoom(uint32 key, uint8 *bytes, uint32 *length)
{
    (void)key;
    (void)bytes;
    (void)length;
    return E_OK;
}

static Std_ReturnType TakeCustom(uint32 dispatch, uint32 key, uint32 element, uint32 target, uint32 targetElement, const uint8 *input,
                                 uint32 length, uint8 *output, uint32 *outputLength, uint8 *secondary, uint32 *secondaryLength)
{
    (void)dispatch;
    (void)input;
    (void)length;
    (void)output;
    (void)outputLength;
    (void)secondary;
    (void)secondaryLength;
    return TakeElements(key, element, target, targetElement);
}

static const CryIf_DriverType Drivers[2] = {
    {.processJob = &Process, .keyElementCopy = &TakeElements, .keyElementCopyPartial = &TakePart, .keyCopy = &TakeTwo,
     .randomSeed = &TakeBytes, .keyGenerate = &TakeOne, .keyDerive = &TakeTwo, .keyExchangeCalcPubVal = &TakeRoom,
     .keyExchangeCalcSecret = &TakeBytes, .customSync = &TakeCustom},
    {.processJob = &Process}};
static const CryIf_ChannelConfigType Channel = {&Drivers[0], 0U};
/* The last key is the other driver's. */
static const CryIf_KeyConfigType CryIfKeys[KEYS] = {{&Drivers[0], 0U}, {&Drivers[0], 1U}, {&Drivers[0], 2U}, {&Drivers[1], 0U}};
static const uint32 CsmKeys[KEYS] = {0U, 1U, 2U, 3U};

/* The services */

typedef enum
{
    ENCRYPT,
    DECRYPT,
    SEAL,
    OPEN,
    CUSTOM,
    SET_VALID,
    SET_INVALID,
    SEED,
    GENERATE,
    DERIVE,
    PUBLIC_VALUE,
    SECRET
} ServiceType;

/* Which arguments a service has. */
#define IN0 0x01U
#define IN1 0x02U
#define IN2 0x04U
#define OUT0 0x08U
#define OUT1 0x10U
#define VERDICT 0x20U
#define TARGET 0x40U
#define MODE 0x80U

typedef struct
{
    const char *name;
    uint8 sid;
    uint8 has;
    /* Of these, what may be null with a length of 0. */
    uint8 optional;
} RowType;

static const RowType Rows[SERVICES] = {
    {"Csm_Encrypt", 0x5EU, IN0 | OUT0 | MODE, 0U},
    {"Csm_Decrypt", 0x5FU, IN0 | OUT0 | MODE, 0U},
    {"Csm_AEADEncrypt", 0x62U, IN0 | IN1 | OUT0 | OUT1 | MODE, IN0 | IN1},
    {"Csm_AEADDecrypt", 0x63U, IN0 | IN1 | IN2 | OUT0 | VERDICT | MODE, IN0 | IN1},
    {"Csm_CustomService", 0x88U, 0xFFU, IN0 | IN1 | IN2 | OUT0 | OUT1 | VERDICT},
    {"Csm_JobKeySetValid", 0x7AU, 0U, 0U},
    {"Csm_JobKeySetInvalid", 0x84U, 0U, 0U},
    {"Csm_JobRandomSeed", 0x7BU, IN0, 0U},
    {"Csm_JobKeyGenerate", 0x7CU, 0U, 0U},
    {"Csm_JobKeyDerive", 0x7DU, TARGET, 0U},
    {"Csm_JobKeyExchangeCalcPubVal", 0x7EU, OUT0, 0U},
    {"Csm_JobKeyExchangeCalcSecret", 0x7FU, IN0, 0U}};

static const Crypto_PrimitiveInfoType Primitives[SERVICES] = {
    {CRYPTO_ENCRYPT, {0U, 0U, 0U, 0U}},       {CRYPTO_DECRYPT, {0U, 0U, 0U, 0U}},
    {CRYPTO_AEADENCRYPT, {0U, 0U, 0U, 0U}},   {CRYPTO_AEADDECRYPT, {0U, 0U, 0U, 0U}},
    {CRYPTO_CUSTOM_SERVICE, {0U, 0U, 0U, 0U}}, {CRYPTO_KEYSETVALID, {0U, 0U, 0U, 0U}},
    {CRYPTO_KEYSETINVALID, {0U, 0U, 0U, 0U}}, {CRYPTO_RANDOMSEED, {0U, 0U, 0U, 0U}},
    {CRYPTO_KEYGENERATE, {0U, 0U, 0U, 0U}},   {CRYPTO_KEYDERIVE, {0U, 0U, 0U, 0U}},
    {CRYPTO_KEYEXCHANGECALCPUBVAL, {0U, 0U, 0U, 0U}}, {CRYPTO_KEYEXCHANGECALCSECRET, {0U, 0U, 0U, 0U}}};

static Crypto_JobPrimitiveInfoType Infos[SERVICES];
static Csm_JobConfigType Jobs[SERVICES];
static Crypto_JobType Records[SERVICES];
static Csm_JobRamType JobRam[SERVICES];
static Csm_QueueRamType QueueRam;
static const Csm_QueueConfigType Queue = {0U, 0U, 0U, 0U};

static void Start(void)
{
    static CryIf_ConfigType cryif;
    static Csm_ConfigType csm;
    uint32 i;
    for (i = 0U; i < SERVICES; i++)
    {
        Infos[i].primitiveInfo = &Primitives[i];
        Infos[i].cryIfKeyId = 0U;
        Infos[i].processingType = CRYPTO_PROCESSING_SYNC;
        Jobs[i].jobPrimitiveInfo = &Infos[i];
    }
    (void)memcpy(&cryif, &CryIf_Config, sizeof(cryif));
    cryif.channels = &Channel;
    cryif.channelCount = 1U;
    cryif.keys = CryIfKeys;
    cryif.keyCount = KEYS;
    (void)memcpy(&csm, &Csm_Config, sizeof(csm));
    csm.jobs = Jobs;
    csm.jobCount = SERVICES;
    csm.queues = &Queue;
    csm.queueCount = 1U;
    csm.queueSlotCount = 0U;
    csm.keys = CsmKeys;
    csm.keyCount = KEYS;
    csm.jobRecords = Records;
    csm.jobRam = JobRam;
    csm.queueRam = &QueueRam;
    CryIf_Init(&cryif);
    Csm_Init(&csm);
}

/* Arguments of any service. */
typedef struct
{
    uint32 job;
    Crypto_OperationModeType mode;
    uint32 target;
    const uint8 *input[3];
    uint32 inputLength[3];
    uint8 *output[2];
    uint32 *length[2];
    Crypto_VerifyResultType *verdict;
} ArgsType;

static uint32 SecondLength;

static ArgsType Good(ServiceType service)
{
    uint8 *const at = Table_Out(128U);
    ArgsType args;
    args.job = (uint32)service;
    args.mode = SINGLECALL;
    args.target = 1U;
    args.input[0] = Table_In(40U);
    args.inputLength[0] = 40U;
    args.input[1] = Table_Secondary(Vector_Cmac128, 16U);
    args.inputLength[1] = 16U;
    args.input[2] = Vector_SampleSignature;
    args.inputLength[2] = 16U;
    args.output[0] = at;
    args.length[0] = Table_Room(64U);
    args.output[1] = &at[96];
    SecondLength = 16U;
    args.length[1] = &SecondLength;
    args.verdict = Table_Verdict();
    return args;
}

static Std_ReturnType Call(ServiceType service, const ArgsType *a)
{
    const uint8 *const *const in = a->input;
    const uint32 *const inLength = a->inputLength;
    uint8 *const *const out = a->output;
    uint32 *const *const length = a->length;
    switch (service)
    {
    case ENCRYPT: return Csm_Encrypt(a->job, a->mode, in[0], inLength[0], out[0], length[0]);
    case DECRYPT: return Csm_Decrypt(a->job, a->mode, in[0], inLength[0], out[0], length[0]);
    case SEAL:
        return Csm_AEADEncrypt(a->job, a->mode, in[0], inLength[0], in[1], inLength[1], out[0], length[0], out[1], length[1]);
    case OPEN:
        return Csm_AEADDecrypt(a->job, a->mode, in[0], inLength[0], in[1], inLength[1], in[2], inLength[2], out[0], length[0],
                               a->verdict);
    case CUSTOM:
        return Csm_CustomService(a->job, a->mode, a->target, in[0], inLength[0], in[1], inLength[1], in[2], inLength[2], out[0],
                                 length[0], out[1], length[1], a->verdict);
    case SET_VALID: return Csm_JobKeySetValid(a->job);
    case SET_INVALID: return Csm_JobKeySetInvalid(a->job);
    case SEED: return Csm_JobRandomSeed(a->job, in[0], inLength[0]);
    case GENERATE: return Csm_JobKeyGenerate(a->job);
    case DERIVE: return Csm_JobKeyDerive(a->job, a->target);
    case PUBLIC_VALUE: return Csm_JobKeyExchangeCalcPubVal(a->job, out[0], length[0]);
    default: return Csm_JobKeyExchangeCalcSecret(a->job, in[0], inLength[0]);
    }
}

/* What is wrong with the arguments. */
typedef enum
{
    NOTHING,
    UNKNOWN_JOB,
    JOB_BEHIND_THE_LAST,
    OTHER_SERVICE,
    OTHER_SERVICE_AND_NULL,
    UNKNOWN_TARGET,
    TARGET_BEHIND_THE_LAST,
    NO_TARGET,
    NULL_INPUT,
    NULL_INPUT_NO_LENGTH,
    NULL_SECONDARY,
    NULL_SECONDARY_NO_LENGTH,
    NULL_TERTIARY,
    NULL_OUTPUT,
    NULL_OUTPUT_NO_ROOM,
    NULL_LENGTH,
    NULL_OUTPUT_AND_LENGTH,
    NULL_SECOND_OUTPUT,
    NULL_SECOND_LENGTH,
    NULL_SECOND_OUTPUT_AND_LENGTH,
    NULL_VERDICT,
    IN_PLACE,
    OUTPUT_OVER_INPUT,
    OUTPUT_OVER_SECONDARY,
    OUTPUT_OVER_TERTIARY,
    SECOND_OUTPUT_OVER_INPUT,
    SECOND_OUTPUT_OVER_OUTPUT,
    LENGTH_OVER_INPUT,
    LENGTH_OVER_OUTPUT,
    SECOND_LENGTH_OVER_LENGTH,
    VERDICT_OVER_INPUT,
    VERDICT_OVER_OUTPUT,
    INPUT_BEYOND_MEMORY,
    CHANGES
} ChangeType;

/* Who is asked, which arguments the change needs, what it is called. */
static const struct
{
    uint8 has;
    uint8 error; /* 0: accepted, if these are optional */
    const char *what;
} Changes[CHANGES] = {
    {0U, 0U, "works"},
    {0U, CSM_E_PARAM_HANDLE, "unknown job"},
    {0U, CSM_E_PARAM_HANDLE, "first job behind the last"},
    {0U, CSM_E_SERVICE_TYPE, "job of another service"},
    {0U, CSM_E_SERVICE_TYPE, "job of another service comes before null"},
    {TARGET, CSM_E_PARAM_HANDLE, "unknown target key"},
    {TARGET, CSM_E_PARAM_HANDLE, "first target key behind the last"},
    {TARGET, 0U, "no target key"},
    {IN0, CSM_E_PARAM_POINTER, "null input"},
    {IN0, 0U, "null input of no length"},
    {IN1, CSM_E_PARAM_POINTER, "null secondary input"},
    {IN1, 0U, "null secondary input of no length"},
    {IN2, CSM_E_PARAM_POINTER, "null tertiary input"},
    {OUT0, CSM_E_PARAM_POINTER, "null output"},
    {OUT0, 0U, "null output of no room"},
    {OUT0, CSM_E_PARAM_POINTER, "null length"},
    {OUT0, 0U, "null output and length"},
    {OUT1, CSM_E_PARAM_POINTER, "null second output"},
    {OUT1, CSM_E_PARAM_POINTER, "null second length"},
    {OUT1, 0U, "null second output and length"},
    {VERDICT, 0U, "null verdict"},
    {IN0 | OUT0, 0U, "output at the input's place"},
    {IN0 | OUT0, CSM_E_PARAM_POINTER, "output over the input"},
    {IN1 | OUT0, CSM_E_PARAM_POINTER, "output over the secondary input"},
    {IN2 | OUT0, CSM_E_PARAM_POINTER, "output over the tertiary input"},
    {IN0 | OUT1, CSM_E_PARAM_POINTER, "second output over the input"},
    {OUT0 | OUT1, CSM_E_PARAM_POINTER, "second output over the output"},
    {IN0 | OUT0, CSM_E_PARAM_POINTER, "length word over the input"},
    {OUT0, CSM_E_PARAM_POINTER, "length word over the output"},
    {OUT0 | OUT1, CSM_E_PARAM_POINTER, "one length word for two outputs"},
    {IN0 | VERDICT, CSM_E_PARAM_POINTER, "verdict over the input"},
    {OUT0 | VERDICT, CSM_E_PARAM_POINTER, "verdict over the output"},
    {IN0, CSM_E_PARAM_POINTER, "input beyond the end of memory"},
};

static Std_ReturnType CallWith(ServiceType service, ChangeType change)
{
    ArgsType a = Good(service);
    switch (change)
    {
    case UNKNOWN_JOB: a.job = UNKNOWN; break;
    case JOB_BEHIND_THE_LAST: a.job = SERVICES; break;
    case OTHER_SERVICE_AND_NULL: a.input[0] = NULL_PTR; a.output[0] = NULL_PTR; a.mode = 5U; /* fall through */
    case OTHER_SERVICE: a.job = (a.job + 1U) % SERVICES; break;
    case UNKNOWN_TARGET: a.target = UNKNOWN; break;
    case TARGET_BEHIND_THE_LAST: a.target = KEYS; break;
    case NO_TARGET: a.target = CSM_NO_KEY; break;
    case NULL_INPUT_NO_LENGTH: a.inputLength[0] = 0U; /* fall through */
    case NULL_INPUT: a.input[0] = NULL_PTR; break;
    case NULL_SECONDARY_NO_LENGTH: a.inputLength[1] = 0U; /* fall through */
    case NULL_SECONDARY: a.input[1] = NULL_PTR; break;
    case NULL_TERTIARY: a.input[2] = NULL_PTR; break;
    case NULL_OUTPUT_NO_ROOM: a.length[0] = Table_Room(0U); /* fall through */
    case NULL_OUTPUT: a.output[0] = NULL_PTR; break;
    case NULL_OUTPUT_AND_LENGTH: a.output[0] = NULL_PTR; /* fall through */
    case NULL_LENGTH: a.length[0] = NULL_PTR; break;
    case NULL_SECOND_OUTPUT: a.output[1] = NULL_PTR; break;
    case NULL_SECOND_OUTPUT_AND_LENGTH: a.output[1] = NULL_PTR; /* fall through */
    case NULL_SECOND_LENGTH: a.length[1] = NULL_PTR; break;
    case NULL_VERDICT: a.verdict = NULL_PTR; break;
    case IN_PLACE: a.input[0] = a.output[0]; break;
    case OUTPUT_OVER_INPUT: a.input[0] = &a.output[0][1]; break;
    case OUTPUT_OVER_SECONDARY: a.input[1] = a.output[0]; break;
    case OUTPUT_OVER_TERTIARY: a.input[2] = &a.output[0][63]; break;
    case SECOND_OUTPUT_OVER_INPUT: a.input[0] = &a.output[1][-1]; a.inputLength[0] = 2U; break;
    case SECOND_OUTPUT_OVER_OUTPUT: a.output[1] = &a.output[0][63]; break;
    case LENGTH_OVER_INPUT: a.input[0] = (const uint8 *)a.length[0]; a.inputLength[0] = 1U; break;
    case LENGTH_OVER_OUTPUT: a.output[0] = (uint8 *)a.length[0]; break;
    case SECOND_LENGTH_OVER_LENGTH: a.length[1] = a.length[0]; break;
    case VERDICT_OVER_INPUT: a.input[0] = a.verdict; a.inputLength[0] = 1U; break;
    case VERDICT_OVER_OUTPUT: a.verdict = &a.output[0][63]; break;
    case INPUT_BEYOND_MEMORY: a.input[0] = (const uint8 *)(UINTPTR_MAX - 4U); break;
    default: break;
    }
    return Call(service, &a);
}

/* Whether the change is none for this service. */
static boolean IsAccepted(ServiceType service, ChangeType change)
{
    const RowType *const row = &Rows[service];
    if (Changes[change].error != 0U)
    {
        return FALSE;
    }
    switch (change)
    {
    case NOTHING: return TRUE;
    case NO_TARGET: return (service == CUSTOM) ? TRUE : FALSE;
    case IN_PLACE: return (service <= OPEN) ? TRUE : FALSE;
    default: return ((Changes[change].has & row->optional) != 0U) ? TRUE : FALSE;
    }
}

static void ServiceRows(ServiceType service)
{
    static const Crypto_OperationModeType wrongModes[10] = {0x00U, 0x05U, 0x08U, 0x0FU, 0x10U, 0x17U, 0x20U, 0x40U, 0x80U, 0xFFU};
    const RowType *const row = &Rows[service];
    uint32 change;
    uint32 i;
    for (change = 0U; change < (uint32)CHANGES; change++)
    {
        const uint8 error = (Changes[change].error != 0U)             ? Changes[change].error
                            : ((ChangeType)change == NO_TARGET) ? (uint8)CSM_E_PARAM_HANDLE
                                                                : (uint8)CSM_E_PARAM_POINTER;
        if ((Changes[change].has & row->has) != Changes[change].has)
        {
            continue;
        }
        if (IsAccepted(service, (ChangeType)change) == TRUE)
        {
            REFUSED(row->name, Changes[change].what, E_OK, Table_Silent(), CallWith(service, (ChangeType)change));
        }
        else
        {
            REFUSED(row->name, Changes[change].what, E_NOT_OK, Table_Csm(row->sid, error), CallWith(service, (ChangeType)change));
        }
        CHECK_CODE(16U, SecondLength);
    }
    for (i = 0U; (i < 10U) && ((row->has & MODE) != 0U); i++)
    {
        ArgsType a;
        REFUSED(row->name, "wrong mode", E_NOT_OK, Table_Silent(), (a = Good(service), a.mode = wrongModes[i], Call(service, &a)));
    }
}

/* In a stream: which call needs what. */
static void StreamRows(void)
{
    ArgsType a;
    REFUSED("Csm_Encrypt", "null output in UPDATE", E_NOT_OK, Table_Csm(0x5EU, CSM_E_PARAM_POINTER),
            (a = Good(ENCRYPT), a.mode = START | UPDATE, a.output[0] = NULL_PTR, Call(ENCRYPT, &a)));
    REFUSED("Csm_Encrypt", "null length in FINISH", E_NOT_OK, Table_Csm(0x5EU, CSM_E_PARAM_POINTER),
            (a = Good(ENCRYPT), a.mode = FINISH, a.length[0] = NULL_PTR, Call(ENCRYPT, &a)));
    REFUSED("Csm_Decrypt", "null input in UPDATE", E_NOT_OK, Table_Csm(0x5FU, CSM_E_PARAM_POINTER),
            (a = Good(DECRYPT), a.mode = UPDATE, a.input[0] = NULL_PTR, Call(DECRYPT, &a)));
    REFUSED("Csm_AEADEncrypt", "text without room in UPDATE", E_NOT_OK, Table_Csm(0x62U, CSM_E_PARAM_POINTER),
            (a = Good(SEAL), a.mode = UPDATE, a.output[0] = NULL_PTR, a.length[0] = NULL_PTR, Call(SEAL, &a)));
    REFUSED("Csm_AEADEncrypt", "null tag in FINISH", E_NOT_OK, Table_Csm(0x62U, CSM_E_PARAM_POINTER),
            (a = Good(SEAL), a.mode = FINISH, a.output[1] = NULL_PTR, Call(SEAL, &a)));
    REFUSED("Csm_AEADDecrypt", "null tag in FINISH", E_NOT_OK, Table_Csm(0x63U, CSM_E_PARAM_POINTER),
            (a = Good(OPEN), a.mode = FINISH, a.input[2] = NULL_PTR, Call(OPEN, &a)));
    REFUSED("Csm_AEADDecrypt", "null verdict in FINISH", E_NOT_OK, Table_Csm(0x63U, CSM_E_PARAM_POINTER),
            (a = Good(OPEN), a.mode = FINISH, a.verdict = NULL_PTR, Call(OPEN, &a)));
    REFUSED("Csm_AEADDecrypt", "START alone needs nothing", E_OK, Table_Silent(),
            (a = Good(OPEN), a.mode = START, a.input[0] = NULL_PTR, a.output[0] = NULL_PTR, a.verdict = NULL_PTR, Call(OPEN, &a)));
}

/* The key management of Csm, and of CryIf below it. */

#define CSM(sid, error) Table_Csm((sid), CSM_E_PARAM_##error)
#define CRYIF(sid, error) Table_CryIf((sid), CRYIF_E_PARAM_##error)

/* A function of two keys. */
static void TwoKeys(const char *name, Table_ReportType handle, Std_ReturnType (*call)(uint32 key, uint32 target))
{
    REFUSED(name, "unknown key", E_NOT_OK, handle, call(UNKNOWN, 1U));
    REFUSED(name, "no key", E_NOT_OK, handle, call(NO_KEY, 1U));
    REFUSED(name, "first key behind the last", E_NOT_OK, handle, call(KEYS, 1U));
    REFUSED(name, "unknown target key", E_NOT_OK, handle, call(0U, UNKNOWN));
    REFUSED(name, "no target key", E_NOT_OK, handle, call(0U, NO_KEY));
    REFUSED(name, "first target key behind the last", E_NOT_OK, handle, call(0U, KEYS));
    REFUSED(name, "works", E_OK, Table_Silent(), call(0U, 1U));
    REFUSED(name, "a key to itself is the driver's to judge", E_OK, Table_Silent(), call(2U, 2U));
}

static Std_ReturnType CsmElementCopy(uint32 key, uint32 target) { return Csm_KeyElementCopy(key, 1U, target, 2U); }
static Std_ReturnType CsmCopyPartial(uint32 key, uint32 target) { return Csm_KeyElementCopyPartial(key, 1U, 0U, 0U, 4U, target, 2U); }
static Std_ReturnType CryIfElementCopy(uint32 key, uint32 target) { return CryIf_KeyElementCopy(key, 1U, target, 2U); }
static Std_ReturnType CryIfCopyPartial(uint32 key, uint32 target)
{
    return CryIf_KeyElementCopyPartial(key, 1U, 0U, 0U, 4U, target, 2U);
}

static void TwoKeyRows(void)
{
    TwoKeys("Csm_KeyElementCopy", CSM(0x71U, HANDLE), &CsmElementCopy);
    TwoKeys("Csm_KeyElementCopyPartial", CSM(0x79U, HANDLE), &CsmCopyPartial);
    TwoKeys("Csm_KeyCopy", CSM(0x73U, HANDLE), &Csm_KeyCopy);
    TwoKeys("Csm_KeyDerive", CSM(0x6BU, HANDLE), &Csm_KeyDerive);
    TwoKeys("CryIf_KeyElementCopy", CRYIF(0x0FU, HANDLE), &CryIfElementCopy);
    TwoKeys("CryIf_KeyElementCopyPartial", CRYIF(0x12U, HANDLE), &CryIfCopyPartial);
    TwoKeys("CryIf_KeyCopy", CRYIF(0x10U, HANDLE), &CryIf_KeyCopy);
    TwoKeys("CryIf_KeyDerive", CRYIF(0x09U, HANDLE), &CryIf_KeyDerive);
    REFUSED("CryIf_KeyCopy", "a key of another driver", E_NOT_OK, CRYIF(0x10U, HANDLE), CryIf_KeyCopy(0U, 3U));
    REFUSED("CryIf_KeyDerive", "a key of another driver", E_NOT_OK, CRYIF(0x09U, HANDLE), CryIf_KeyDerive(0U, 3U));
    REFUSED("CryIf_KeyElementCopy", "drivers that can neither get nor set", E_NOT_OK, Table_Silent(), CryIf_KeyElementCopy(0U, 1U, 3U, 1U));
    REFUSED("CryIf_KeyElementCopyPartial", "no bytes to another driver", E_NOT_OK, CRYIF(0x12U, VALUE),
            CryIf_KeyElementCopyPartial(0U, 1U, 0U, 0U, 0U, 3U, 1U));
}

static void OneKeyRows(void)
{
    uint32 i;
    static const uint32 wrong[3] = {UNKNOWN, NO_KEY, KEYS};
    for (i = 0U; i < 3U; i++)
    {
        REFUSED("Csm_RandomSeed", "no such key", E_NOT_OK, CSM(0x69U, HANDLE), Csm_RandomSeed(wrong[i], NULL_PTR, 8U));
        REFUSED("Csm_KeyGenerate", "no such key", E_NOT_OK, CSM(0x6AU, HANDLE), Csm_KeyGenerate(wrong[i]));
        REFUSED("Csm_KeyExchangeCalcPubVal", "no such key", E_NOT_OK, CSM(0x6CU, HANDLE),
                Csm_KeyExchangeCalcPubVal(wrong[i], Table_Out(65U), Table_Room(65U)));
        REFUSED("Csm_KeyExchangeCalcSecret", "no such key", E_NOT_OK, CSM(0x6DU, HANDLE),
                Csm_KeyExchangeCalcSecret(wrong[i], Table_In(65U), 65U));
        REFUSED("CryIf_RandomSeed", "no such key", E_NOT_OK, CRYIF(0x07U, HANDLE), CryIf_RandomSeed(wrong[i], NULL_PTR, 8U));
        REFUSED("CryIf_KeyGenerate", "no such key", E_NOT_OK, CRYIF(0x08U, HANDLE), CryIf_KeyGenerate(wrong[i]));
        REFUSED("CryIf_KeyExchangeCalcPubVal", "no such key", E_NOT_OK, CRYIF(0x0AU, HANDLE),
                CryIf_KeyExchangeCalcPubVal(wrong[i], Table_Out(65U), Table_Room(65U)));
        REFUSED("CryIf_KeyExchangeCalcSecret", "no such key", E_NOT_OK, CRYIF(0x0BU, HANDLE),
                CryIf_KeyExchangeCalcSecret(wrong[i], Table_In(65U), 65U));
    }
    REFUSED("Csm_RandomSeed", "null", E_NOT_OK, CSM(0x69U, POINTER), Csm_RandomSeed(0U, NULL_PTR, 8U));
    REFUSED("Csm_RandomSeed", "no bytes", E_NOT_OK, CRYIF(0x07U, VALUE), Csm_RandomSeed(0U, Table_In(8U), 0U));
    REFUSED("Csm_RandomSeed", "works", E_OK, Table_Silent(), Csm_RandomSeed(0U, Table_In(8U), 8U));
    REFUSED("CryIf_RandomSeed", "null", E_NOT_OK, CRYIF(0x07U, POINTER), CryIf_RandomSeed(0U, NULL_PTR, 8U));
    REFUSED("CryIf_RandomSeed", "no bytes", E_NOT_OK, CRYIF(0x07U, VALUE), CryIf_RandomSeed(0U, Table_In(8U), 0U));
    REFUSED("Csm_KeyGenerate", "works", E_OK, Table_Silent(), Csm_KeyGenerate(0U));
    REFUSED("Csm_KeyExchangeCalcPubVal", "null value", E_NOT_OK, CSM(0x6CU, POINTER),
            Csm_KeyExchangeCalcPubVal(0U, NULL_PTR, Table_Room(65U)));
    REFUSED("Csm_KeyExchangeCalcPubVal", "null length", E_NOT_OK, CSM(0x6CU, POINTER),
            Csm_KeyExchangeCalcPubVal(0U, Table_Out(65U), NULL_PTR));
    REFUSED("Csm_KeyExchangeCalcPubVal", "length word over the value", E_NOT_OK, CSM(0x6CU, POINTER),
            Csm_KeyExchangeCalcPubVal(0U, (uint8 *)Table_Room(65U), Table_Room(65U)));
    REFUSED("Csm_KeyExchangeCalcPubVal", "no room", E_NOT_OK, CRYIF(0x0AU, VALUE),
            Csm_KeyExchangeCalcPubVal(0U, Table_Out(65U), Table_Room(0U)));
    REFUSED("Csm_KeyExchangeCalcPubVal", "works", E_OK, Table_Silent(), Csm_KeyExchangeCalcPubVal(0U, Table_Out(65U), Table_Room(65U)));
    REFUSED("CryIf_KeyExchangeCalcPubVal", "null value", E_NOT_OK, CRYIF(0x0AU, POINTER),
            CryIf_KeyExchangeCalcPubVal(0U, NULL_PTR, Table_Room(65U)));
    REFUSED("CryIf_KeyExchangeCalcPubVal", "null length", E_NOT_OK, CRYIF(0x0AU, POINTER),
            CryIf_KeyExchangeCalcPubVal(0U, Table_Out(65U), NULL_PTR));
    REFUSED("CryIf_KeyExchangeCalcPubVal", "no room", E_NOT_OK, CRYIF(0x0AU, VALUE),
            CryIf_KeyExchangeCalcPubVal(0U, Table_Out(65U), Table_Room(0U)));
    REFUSED("Csm_KeyExchangeCalcSecret", "null", E_NOT_OK, CSM(0x6DU, POINTER), Csm_KeyExchangeCalcSecret(0U, NULL_PTR, 65U));
    REFUSED("Csm_KeyExchangeCalcSecret", "no bytes", E_NOT_OK, CRYIF(0x0BU, VALUE), Csm_KeyExchangeCalcSecret(0U, Table_In(65U), 0U));
    REFUSED("Csm_KeyExchangeCalcSecret", "works", E_OK, Table_Silent(), Csm_KeyExchangeCalcSecret(0U, Table_In(65U), 65U));
    REFUSED("CryIf_KeyExchangeCalcSecret", "null", E_NOT_OK, CRYIF(0x0BU, POINTER), CryIf_KeyExchangeCalcSecret(0U, NULL_PTR, 65U));
    REFUSED("CryIf_KeyExchangeCalcSecret", "no bytes", E_NOT_OK, CRYIF(0x0BU, VALUE), CryIf_KeyExchangeCalcSecret(0U, Table_In(65U), 0U));
}

/* A custom call with one input and one output. */
static Std_ReturnType CsmCustom(uint32 key, uint32 target, const uint8 *input, uint8 *output, uint32 *length)
{
    return Csm_CustomSync(1U, key, 1U, target, 2U, input, 8U, output, length, NULL_PTR, NULL_PTR);
}

static void CustomRows(void)
{
    const char *const csm = "Csm_CustomSync";
    const char *const cryif = "CryIf_CustomSync";
    uint8 *const at = Guard_Buffer(GUARD_OUTPUT, 16U);
    REFUSED(csm, "unknown key", E_NOT_OK, CSM(0x89U, HANDLE), CsmCustom(UNKNOWN, 1U, Table_In(8U), Table_Out(8U), Table_Room(8U)));
    REFUSED(csm, "first key behind the last", E_NOT_OK, CSM(0x89U, HANDLE),
            CsmCustom(KEYS, 1U, Table_In(8U), Table_Out(8U), Table_Room(8U)));
    REFUSED(csm, "unknown target key", E_NOT_OK, CSM(0x89U, HANDLE), CsmCustom(0U, UNKNOWN, NULL_PTR, NULL_PTR, NULL_PTR));
    REFUSED(csm, "neither key", E_NOT_OK, CRYIF(0x1AU, HANDLE), CsmCustom(NO_KEY, NO_KEY, Table_In(8U), NULL_PTR, NULL_PTR));
    REFUSED(csm, "a key of another driver", E_NOT_OK, CRYIF(0x1AU, HANDLE), CsmCustom(0U, 3U, Table_In(8U), NULL_PTR, NULL_PTR));
    REFUSED(csm, "a driver that has none", E_NOT_OK, Table_Silent(), CsmCustom(3U, NO_KEY, Table_In(8U), NULL_PTR, NULL_PTR));
    REFUSED(csm, "null input", E_NOT_OK, CSM(0x89U, POINTER), CsmCustom(0U, 1U, NULL_PTR, Table_Out(8U), Table_Room(8U)));
    REFUSED(csm, "null output", E_NOT_OK, CSM(0x89U, POINTER), CsmCustom(0U, 1U, Table_In(8U), NULL_PTR, Table_Room(8U)));
    REFUSED(csm, "null length", E_NOT_OK, CSM(0x89U, POINTER), CsmCustom(0U, 1U, Table_In(8U), Table_Out(8U), NULL_PTR));
    REFUSED(csm, "output over the input", E_NOT_OK, CSM(0x89U, POINTER), CsmCustom(0U, 1U, at, at, Table_Room(8U)));
    REFUSED(csm, "length word over the output", E_NOT_OK, CSM(0x89U, POINTER),
            CsmCustom(0U, 1U, Table_In(8U), (uint8 *)Table_Room(8U), Table_Room(8U)));
    REFUSED(csm, "no output", E_OK, Table_Silent(), CsmCustom(0U, NO_KEY, Table_In(8U), NULL_PTR, Table_Room(0U)));
    REFUSED(csm, "works", E_OK, Table_Silent(), CsmCustom(NO_KEY, 1U, Table_In(8U), Table_Out(8U), Table_Room(8U)));
    REFUSED(cryif, "unknown key", E_NOT_OK, CRYIF(0x1AU, HANDLE),
            CryIf_CustomSync(1U, KEYS, 1U, NO_KEY, 1U, NULL_PTR, 0U, NULL_PTR, NULL_PTR, NULL_PTR, NULL_PTR));
    REFUSED(cryif, "unknown target key", E_NOT_OK, CRYIF(0x1AU, HANDLE),
            CryIf_CustomSync(1U, 0U, 1U, KEYS, 1U, NULL_PTR, 0U, NULL_PTR, NULL_PTR, NULL_PTR, NULL_PTR));
    REFUSED(cryif, "neither key", E_NOT_OK, CRYIF(0x1AU, HANDLE),
            CryIf_CustomSync(1U, NO_KEY, 1U, NO_KEY, 1U, NULL_PTR, 0U, NULL_PTR, NULL_PTR, NULL_PTR, NULL_PTR));
}

void Table_ServiceRows(void)
{
    uint32 service;
    Start();
    for (service = 0U; service < SERVICES; service++)
    {
        ServiceRows((ServiceType)service);
    }
    StreamRows();
    TwoKeyRows();
    OneKeyRows();
    CustomRows();
    Stack_Init();
}

/* Before anything is started. */
void Table_UninitialisedServiceRows(void)
{
    uint32 service;
    for (service = 0U; service < SERVICES; service++)
    {
        REFUSED(Rows[service].name, "not initialised", E_NOT_OK, Table_Csm(Rows[service].sid, CSM_E_UNINIT),
                CallWith((ServiceType)service, NOTHING));
    }
#define UNINIT(sid) Table_Csm((sid), CSM_E_UNINIT)
    REFUSED("Csm_KeyElementCopy", "not initialised", E_NOT_OK, UNINIT(0x71U), CsmElementCopy(0U, 1U));
    REFUSED("Csm_KeyElementCopyPartial", "not initialised", E_NOT_OK, UNINIT(0x79U), CsmCopyPartial(0U, 1U));
    REFUSED("Csm_KeyCopy", "not initialised", E_NOT_OK, UNINIT(0x73U), Csm_KeyCopy(0U, 1U));
    REFUSED("Csm_RandomSeed", "not initialised", E_NOT_OK, UNINIT(0x69U), Csm_RandomSeed(0U, Table_In(8U), 8U));
    REFUSED("Csm_KeyGenerate", "not initialised", E_NOT_OK, UNINIT(0x6AU), Csm_KeyGenerate(0U));
    REFUSED("Csm_KeyDerive", "not initialised", E_NOT_OK, UNINIT(0x6BU), Csm_KeyDerive(0U, 1U));
    REFUSED("Csm_KeyExchangeCalcPubVal", "not initialised", E_NOT_OK, UNINIT(0x6CU),
            Csm_KeyExchangeCalcPubVal(0U, Table_Out(65U), Table_Room(65U)));
    REFUSED("Csm_KeyExchangeCalcSecret", "not initialised", E_NOT_OK, UNINIT(0x6DU),
            Csm_KeyExchangeCalcSecret(0U, Table_In(65U), 65U));
    REFUSED("Csm_CustomSync", "not initialised", E_NOT_OK, UNINIT(0x89U),
            CsmCustom(0U, 1U, Table_In(8U), Table_Out(8U), Table_Room(8U)));
#undef UNINIT
}
