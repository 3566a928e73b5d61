/* Rows: the services of Csm. */
#include "Csm_Cbk.h"
#include "table.h"

#define LENGTH 40U
#define UNKNOWN 0xFFFFFFFFU

#define E_POINTER CSM_E_PARAM_POINTER
#define E_HANDLE CSM_E_PARAM_HANDLE
#define E_SERVICE CSM_E_SERVICE_TYPE
#define DRIVER_PROCESSJOB 0x03U
#define DRIVER_E_POINTER 0x02U
#define DRIVER_E_VALUE 0x05U

/* A service that gives bytes. */
typedef struct
{
    const char *name;
    Std_ReturnType (*call)(uint32 jobId, Crypto_OperationModeType mode, const uint8 *dataPtr, uint32 dataLength,
                           uint8 *resultPtr, uint32 *resultLengthPtr);
    uint8 sid;
    uint32 job;
    uint32 asyncJob;
    uint32 otherService;
    uint32 result;
} GivingType;

static const GivingType Giving[3] = {
    {"Csm_Hash", &Csm_Hash, CSM_SID_HASH, CsmConf_CsmJob_HashSha256Sync, CsmConf_CsmJob_HashSha256Async,
     CsmConf_CsmJob_GenerateCmac128Sync, 32U},
    {"Csm_MacGenerate", &Csm_MacGenerate, CSM_SID_MACGENERATE, CsmConf_CsmJob_GenerateCmac128Sync,
     CsmConf_CsmJob_GenerateCmac128Async, CsmConf_CsmJob_VerifyCmac128Sync, 16U},
    {"Csm_SignatureGenerate", &Csm_SignatureGenerate, CSM_SID_SIGNATUREGENERATE, CsmConf_CsmJob_SignNistSync,
     CsmConf_CsmJob_SignNistAsync, CsmConf_CsmJob_CheckNistSync, 64U},
};

/* A service that compares. `unit` is what one byte counts in its length. */
typedef struct
{
    const char *name;
    Std_ReturnType (*call)(uint32 jobId, Crypto_OperationModeType mode, const uint8 *dataPtr, uint32 dataLength,
                           const uint8 *secondaryPtr, uint32 secondaryLength, Crypto_VerifyResultType *verifyPtr);
    uint8 sid;
    uint32 job;
    uint32 asyncJob;
    uint32 otherService;
    const uint8 *compared;
    uint32 bytes;
    uint32 unit;
} ComparingType;

static const ComparingType Comparing[2] = {
    {"Csm_MacVerify", &Csm_MacVerify, CSM_SID_MACVERIFY, CsmConf_CsmJob_VerifyCmac128Sync, CsmConf_CsmJob_VerifyCmac128Async,
     CsmConf_CsmJob_GenerateCmac128Sync, Vector_Cmac128, 16U, 8U},
    {"Csm_SignatureVerify", &Csm_SignatureVerify, CSM_SID_SIGNATUREVERIFY, CsmConf_CsmJob_CheckNistSync,
     CsmConf_CsmJob_CheckNistAsync, CsmConf_CsmJob_SignNistSync, Vector_SampleSignature, 64U, 1U},
};

static const Crypto_OperationModeType WrongModes[] = {0x00U, 0x05U, 0x08U, 0x0FU, 0x10U, 0x17U, 0x20U, 0x40U, 0x80U, 0xFFU};
#define WRONG_MODES (sizeof(WrongModes) / sizeof(WrongModes[0]))

static void GivingPointers(const GivingType *s, uint32 job)
{
    const Table_ReportType pointer = Table_Csm(s->sid, E_POINTER);
    REFUSED(s->name, "null data", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, NULL_PTR, LENGTH, Table_Out(s->result), Table_Room(s->result)));
    REFUSED(s->name, "null data of no length", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, NULL_PTR, 0U, Table_Out(s->result), Table_Room(s->result)));
    REFUSED(s->name, "null data in UPDATE", E_NOT_OK, pointer, s->call(job, START | UPDATE, NULL_PTR, LENGTH, NULL_PTR, NULL_PTR));
    REFUSED(s->name, "null result", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, Table_In(LENGTH), LENGTH, NULL_PTR, Table_Room(s->result)));
    REFUSED(s->name, "null length", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(s->result), NULL_PTR));
    REFUSED(s->name, "null result in FINISH", E_NOT_OK, pointer,
            s->call(job, FINISH, NULL_PTR, 0U, NULL_PTR, Table_Room(s->result)));
    REFUSED(s->name, "null length in FINISH", E_NOT_OK, pointer,
            s->call(job, FINISH, NULL_PTR, 0U, Table_Out(s->result), NULL_PTR));
}

/* Outputs over inputs and over each other. The buffers are on the output page, so that a write would show. */
static void GivingOverlaps(const GivingType *s, uint32 job)
{
    const Table_ReportType pointer = Table_Csm(s->sid, E_POINTER);
    uint8 *at = Table_Out(128U);
    REFUSED(s->name, "result over the data", E_NOT_OK, pointer, s->call(job, SINGLECALL, at, 64U, at, Table_Room(64U)));
    REFUSED(s->name, "result over the data's last byte", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, at, 33U, &at[32], Table_Room(64U)));
    REFUSED(s->name, "data over the result's last byte", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, &at[63], 33U, at, Table_Room(64U)));
    REFUSED(s->name, "data inside the room behind the result", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, &at[100], 8U, at, Table_Room(128U)));
    REFUSED(s->name, "length word over the data", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, (const uint8 *)Table_Room(64U), 4U, Table_Out(64U), Table_Room(64U)));
    REFUSED(s->name, "length word over the result", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, Table_In(LENGTH), LENGTH, (uint8 *)Table_Room(64U), Table_Room(64U)));
    REFUSED(s->name, "data beyond the end of memory", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, (const uint8 *)(UINTPTR_MAX - 4U), LENGTH, Table_Out(64U), Table_Room(64U)));
}

static void GivingRows(const GivingType *s)
{
    uint32 i;
    REFUSED(s->name, "unknown job", E_NOT_OK, Table_Csm(s->sid, E_HANDLE),
            s->call(UNKNOWN, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(s->result), Table_Room(s->result)));
    REFUSED(s->name, "first job behind the last", E_NOT_OK, Table_Csm(s->sid, E_HANDLE),
            s->call(Csm_Config.jobCount, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(s->result), Table_Room(s->result)));
    REFUSED(s->name, "job of another service", E_NOT_OK, Table_Csm(s->sid, E_SERVICE),
            s->call(s->otherService, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(s->result), Table_Room(s->result)));
    REFUSED(s->name, "job of another service comes before null", E_NOT_OK, Table_Csm(s->sid, E_SERVICE),
            s->call(s->otherService, SINGLECALL, NULL_PTR, LENGTH, NULL_PTR, NULL_PTR));
    for (i = 0U; i < WRONG_MODES; i++)
    {
        REFUSED(s->name, "wrong mode", E_NOT_OK, Table_Silent(),
                s->call(s->job, WrongModes[i], Table_In(LENGTH), LENGTH, Table_Out(s->result), Table_Room(s->result)));
        REFUSED(s->name, "wrong mode, asynchronous", E_NOT_OK, Table_Silent(),
                s->call(s->asyncJob, WrongModes[i], Table_In(LENGTH), LENGTH, Table_Out(s->result), Table_Room(s->result)));
    }
    REFUSED(s->name, "UPDATE without START", E_NOT_OK, Table_Silent(), s->call(s->job, UPDATE, Table_In(LENGTH), LENGTH, NULL_PTR, NULL_PTR));
    REFUSED(s->name, "FINISH without START", E_NOT_OK, Table_Silent(),
            s->call(s->job, FINISH, NULL_PTR, 0U, Table_Out(s->result), Table_Room(s->result)));
    GivingPointers(s, s->job);
    GivingPointers(s, s->asyncJob);
    GivingOverlaps(s, s->job);
    GivingOverlaps(s, s->asyncJob);
    REFUSED(s->name, "no data", E_NOT_OK, Table_Crypto(DRIVER_PROCESSJOB, DRIVER_E_VALUE),
            s->call(s->job, SINGLECALL, Table_In(LENGTH), 0U, Table_Out(s->result), Table_Room(s->result)));
    REFUSED(s->name, "no data, asynchronous", E_NOT_OK, Table_Crypto(DRIVER_PROCESSJOB, DRIVER_E_VALUE),
            s->call(s->asyncJob, SINGLECALL, Table_In(LENGTH), 0U, Table_Out(s->result), Table_Room(s->result)));
    REFUSED(s->name, "no room", E_NOT_OK, Table_Crypto(DRIVER_PROCESSJOB, DRIVER_E_VALUE),
            s->call(s->job, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(s->result), Table_Room(0U)));
    REFUSED(s->name, "one byte too little room", E_NOT_OK, Table_Silent(),
            s->call(s->job, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(s->result - 1U), Table_Room(s->result - 1U)));
    REFUSED(s->name, "one byte too little room, asynchronous", E_NOT_OK, Table_Silent(),
            s->call(s->asyncJob, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(s->result - 1U), Table_Room(s->result - 1U)));
    WORKS(s->name, "exact room", s->result,
          s->call(s->job, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(s->result), Table_Room(s->result)));
    WORKS(s->name, "more room than needed", s->result,
          s->call(s->job, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(100U), Table_Room(100U)));
    WORKS(s->name, "one byte", s->result,
          s->call(s->job, SINGLECALL, Table_In(1U), 1U, Table_Out(s->result), Table_Room(s->result)));
    REFUSED(s->name, "accepted: nothing is written yet", E_OK, Table_Silent(),
            s->call(s->asyncJob, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Out(s->result), Table_Room(s->result)));
    {
        uint8 *const place = Guard_Buffer(GUARD_OUTPUT, s->result);
        /* The second request comes while the first one waits; its own buffers stay untouched, as do the first one's. */
        const Std_ReturnType again = s->call(s->asyncJob, SINGLECALL, Table_In(LENGTH), LENGTH, place, Table_Room(s->result));
        Table_Refused(s->name, "asked for again while it waits", CRYPTO_E_BUSY, Table_Silent(), again);
        Stack_Run();
        Table_Out(s->result);
        Table_Works(s->name, "asynchronous, finished", s->result, Test_LastResult(s->asyncJob));
    }
}

static void ComparingPointers(const ComparingType *s, uint32 job)
{
    const Table_ReportType pointer = Table_Csm(s->sid, E_POINTER);
    const uint32 length = s->bytes * s->unit;
    uint8 *at = Table_Out(128U);
    REFUSED(s->name, "null data", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, NULL_PTR, LENGTH, Table_Secondary(s->compared, s->bytes), length, Table_Verdict()));
    REFUSED(s->name, "null to compare with", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, Table_In(LENGTH), LENGTH, NULL_PTR, length, Table_Verdict()));
    REFUSED(s->name, "null verdict", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Secondary(s->compared, s->bytes), length, NULL_PTR));
    REFUSED(s->name, "null verdict in FINISH", E_NOT_OK, pointer,
            s->call(job, FINISH, NULL_PTR, 0U, Table_Secondary(s->compared, s->bytes), length, NULL_PTR));
    REFUSED(s->name, "null data in UPDATE", E_NOT_OK, pointer,
            s->call(job, START | UPDATE, NULL_PTR, LENGTH, NULL_PTR, 0U, NULL_PTR));
    REFUSED(s->name, "verdict over the data", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, at, 40U, Table_Secondary(s->compared, s->bytes), length, &at[39]));
    REFUSED(s->name, "verdict over what is compared", E_NOT_OK, pointer,
            s->call(job, SINGLECALL, Table_In(LENGTH), LENGTH, at, length, &at[s->bytes - 1U]));
}

static void ComparingRows(const ComparingType *s)
{
    const uint32 length = s->bytes * s->unit;
    uint32 i;
    REFUSED(s->name, "unknown job", E_NOT_OK, Table_Csm(s->sid, E_HANDLE),
            s->call(UNKNOWN, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Secondary(s->compared, s->bytes), length,
                    Table_Verdict()));
    REFUSED(s->name, "first job behind the last", E_NOT_OK, Table_Csm(s->sid, E_HANDLE),
            s->call(Csm_Config.jobCount, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Secondary(s->compared, s->bytes), length,
                    Table_Verdict()));
    REFUSED(s->name, "job of another service", E_NOT_OK, Table_Csm(s->sid, E_SERVICE),
            s->call(s->otherService, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Secondary(s->compared, s->bytes), length,
                    Table_Verdict()));
    for (i = 0U; i < WRONG_MODES; i++)
    {
        REFUSED(s->name, "wrong mode", E_NOT_OK, Table_Silent(),
                s->call(s->job, WrongModes[i], Table_In(LENGTH), LENGTH, Table_Secondary(s->compared, s->bytes), length,
                        Table_Verdict()));
        REFUSED(s->name, "wrong mode, asynchronous", E_NOT_OK, Table_Silent(),
                s->call(s->asyncJob, WrongModes[i], Table_In(LENGTH), LENGTH, Table_Secondary(s->compared, s->bytes), length,
                        Table_Verdict()));
    }
    REFUSED(s->name, "UPDATE without START", E_NOT_OK, Table_Silent(),
            s->call(s->job, UPDATE, Table_In(LENGTH), LENGTH, NULL_PTR, 0U, NULL_PTR));
    REFUSED(s->name, "FINISH without START", E_NOT_OK, Table_Silent(),
            s->call(s->job, FINISH, NULL_PTR, 0U, Table_Secondary(s->compared, s->bytes), length, Table_Verdict()));
    ComparingPointers(s, s->job);
    ComparingPointers(s, s->asyncJob);
    REFUSED(s->name, "no data", E_NOT_OK, Table_Crypto(DRIVER_PROCESSJOB, DRIVER_E_VALUE),
            s->call(s->job, SINGLECALL, Table_In(LENGTH), 0U, Table_Secondary(s->compared, s->bytes), length, Table_Verdict()));
    REFUSED(s->name, "nothing to compare with", E_NOT_OK, Table_Crypto(DRIVER_PROCESSJOB, DRIVER_E_VALUE),
            s->call(s->job, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Secondary(s->compared, s->bytes), 0U,
                    Table_Verdict()));
    REFUSED(s->name, "one too long to compare with", E_NOT_OK, Table_Silent(),
            s->call(s->job, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Secondary(Vector_Sha512, s->bytes), length + 1U,
                    Table_Verdict()));
    GIVES(s->name, "a match or not", (s->unit == 8U) ? CRYPTO_E_VER_OK : CRYPTO_E_VER_NOT_OK,
          s->call(s->job, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Secondary(s->compared, s->bytes), length,
                  Table_Verdict()));
    GIVES(s->name, "a mismatch", CRYPTO_E_VER_NOT_OK,
          s->call(s->job, SINGLECALL, Table_In(LENGTH - 1U), LENGTH - 1U, Table_Secondary(s->compared, s->bytes), length,
                  Table_Verdict()));
    REFUSED(s->name, "accepted: nothing is written yet", E_OK, Table_Silent(),
            s->call(s->asyncJob, SINGLECALL, Table_In(LENGTH), LENGTH, Table_Secondary(s->compared, s->bytes), length,
                    Table_Verdict()));
    Stack_Run();
    Table_Gives(s->name, "asynchronous, finished", (s->unit == 8U) ? CRYPTO_E_VER_OK : CRYPTO_E_VER_NOT_OK,
                Test_LastResult(s->asyncJob));
}

static void SignatureLengthRows(void)
{
    uint32 length;
    for (length = 1U; length <= 128U; length += 7U)
    {
        if (length != 64U)
        {
            REFUSED("Csm_SignatureVerify", "a signature that is not 64 bytes long", E_NOT_OK, Table_Silent(),
                    Csm_SignatureVerify(CsmConf_CsmJob_CheckNistSync, SINGLECALL, Table_In(LENGTH), LENGTH,
                                        Guard_Buffer(GUARD_SECONDARY, length), length, Table_Verdict()));
        }
    }
    GIVES("Csm_SignatureVerify", "r and s of zero", CRYPTO_E_VER_NOT_OK,
          (Test_Fill(Guard_Buffer(GUARD_SECONDARY, 64U), 0U, 64U),
           Csm_SignatureVerify(CsmConf_CsmJob_CheckNistSync, SINGLECALL, Table_In(LENGTH), LENGTH,
                               Guard_Buffer(GUARD_SECONDARY, 64U), 64U, Table_Verdict())));
    GIVES("Csm_SignatureVerify", "r and s above n", CRYPTO_E_VER_NOT_OK,
          (Test_Fill(Guard_Buffer(GUARD_SECONDARY, 64U), 0xFFU, 64U),
           Csm_SignatureVerify(CsmConf_CsmJob_CheckNistSync, SINGLECALL, Table_In(LENGTH), LENGTH,
                               Guard_Buffer(GUARD_SECONDARY, 64U), 64U, Table_Verdict())));
}

static void RandomRows(void)
{
    static const char *const name = "Csm_RandomGenerate";
    const uint32 job = CsmConf_CsmJob_RandomSync;
    REFUSED(name, "unknown job", E_NOT_OK, Table_Csm(CSM_SID_RANDOMGENERATE, E_HANDLE),
            Csm_RandomGenerate(UNKNOWN, Table_Out(32U), Table_Room(32U)));
    REFUSED(name, "first job behind the last", E_NOT_OK, Table_Csm(CSM_SID_RANDOMGENERATE, E_HANDLE),
            Csm_RandomGenerate(Csm_Config.jobCount, Table_Out(32U), Table_Room(32U)));
    REFUSED(name, "job of another service", E_NOT_OK, Table_Csm(CSM_SID_RANDOMGENERATE, E_SERVICE),
            Csm_RandomGenerate(CsmConf_CsmJob_HashSha1Sync, Table_Out(32U), Table_Room(32U)));
    REFUSED(name, "null result", E_NOT_OK, Table_Csm(CSM_SID_RANDOMGENERATE, E_POINTER),
            Csm_RandomGenerate(job, NULL_PTR, Table_Room(32U)));
    REFUSED(name, "null length", E_NOT_OK, Table_Csm(CSM_SID_RANDOMGENERATE, E_POINTER),
            Csm_RandomGenerate(job, Table_Out(32U), NULL_PTR));
    REFUSED(name, "length word over the result", E_NOT_OK, Table_Csm(CSM_SID_RANDOMGENERATE, E_POINTER),
            Csm_RandomGenerate(job, (uint8 *)Table_Room(32U), Table_Room(32U)));
    REFUSED(name, "no room", E_NOT_OK, Table_Crypto(DRIVER_PROCESSJOB, DRIVER_E_VALUE),
            Csm_RandomGenerate(job, Table_Out(32U), Table_Room(0U)));
    WORKS(name, "some bytes", 32U, Csm_RandomGenerate(job, Table_Out(32U), Table_Room(32U)));
    WORKS(name, "many bytes", 1000U, Csm_RandomGenerate(job, Table_Out(1000U), Table_Room(1000U)));
    REFUSED(name, "accepted: nothing is written yet", E_OK, Table_Silent(),
            Csm_RandomGenerate(CsmConf_CsmJob_RandomAsync, Table_Out(32U), Table_Room(32U)));
    Stack_Run();
    Table_Works(name, "asynchronous, finished", 32U, Test_LastResult(CsmConf_CsmJob_RandomAsync));
}

static void OtherRows(void)
{
    Crypto_JobType foreign = Csm_Config.jobRecords[0];
    Csm_ConfigType broken = Csm_Config;
    REFUSED("Csm_CancelJob", "unknown job", E_NOT_OK, Table_Csm(CSM_SID_CANCELJOB, E_HANDLE), Csm_CancelJob(UNKNOWN, 0U));
    REFUSED("Csm_CancelJob", "first job behind the last", E_NOT_OK, Table_Csm(CSM_SID_CANCELJOB, E_HANDLE),
            Csm_CancelJob(Csm_Config.jobCount, 0U));
    REFUSED("Csm_CancelJob", "an idle job", E_OK, Table_Silent(), Csm_CancelJob(0U, 0U));
    REFUSED("Csm_CancelJob", "any mode", E_OK, Table_Silent(), Csm_CancelJob(0U, 0xFFU));
    REFUSED("Csm_GetVersionInfo", "null", E_OK, Table_Csm(CSM_SID_GETVERSIONINFO, E_POINTER),
            VOID_CALL(Csm_GetVersionInfo(NULL_PTR)));
    WORKS("Csm_GetVersionInfo", "works", (uint32)sizeof(Std_VersionInfoType),
          VOID_CALL(Csm_GetVersionInfo((Std_VersionInfoType *)(void *)Table_Out((uint32)sizeof(Std_VersionInfoType)))));
    REFUSED("Csm_CallbackNotification", "null", E_OK, Table_Csm(CSM_SID_CALLBACKNOTIFICATION, E_POINTER),
            VOID_CALL(Csm_CallbackNotification(NULL_PTR, E_OK)));
    REFUSED("Csm_CallbackNotification", "a record that is not Csm's", E_OK, Table_Csm(CSM_SID_CALLBACKNOTIFICATION, E_HANDLE),
            VOID_CALL(Csm_CallbackNotification(&foreign, E_OK)));
    REFUSED("Csm_CallbackNotification", "inside a record", E_OK, Table_Csm(CSM_SID_CALLBACKNOTIFICATION, E_HANDLE),
            VOID_CALL(Csm_CallbackNotification((Crypto_JobType *)(void *)&Csm_Config.jobRecords[0].jobPriority, E_OK)));
    REFUSED("Csm_CallbackNotification", "behind the last record", E_OK, Table_Csm(CSM_SID_CALLBACKNOTIFICATION, E_HANDLE),
            VOID_CALL(Csm_CallbackNotification(&Csm_Config.jobRecords[Csm_Config.jobCount], E_OK)));
    REFUSED("Csm_CallbackNotification", "a job that is idle", E_OK, Table_Silent(),
            VOID_CALL(Csm_CallbackNotification(&Csm_Config.jobRecords[0], E_OK)));
    REFUSED("V2gcrypt_Csm_MainFunction", "unknown main function", E_OK, Table_Csm(CSM_SID_MAINFUNCTION, E_HANDLE),
            VOID_CALL(V2gcrypt_Csm_MainFunction(1U)));
    REFUSED("V2gcrypt_Csm_MainFunction", "nothing to do", E_OK, Table_Silent(), VOID_CALL(V2gcrypt_Csm_MainFunction(0U)));
    REFUSED("Csm_MainFunction", "nothing to do", E_OK, Table_Silent(), VOID_CALL(Csm_MainFunction()));
    broken.magic ^= 1U;
    REFUSED("Csm_Init", "wrong magic", E_OK, Table_Csm(CSM_SID_INIT, CSM_E_INIT_FAILED), VOID_CALL(Csm_Init(&broken)));
    REFUSED("Csm_GetVersionInfo", "after a failed Init", E_OK, Table_Csm(CSM_SID_GETVERSIONINFO, E_POINTER),
            VOID_CALL(Csm_GetVersionInfo(NULL_PTR)));
}

/* Every way to contradict itself. */
static void InitRows(void)
{
    uint32 i;
    for (i = 0U; i < 18U; i++)
    {
        Csm_ConfigType broken = Csm_Config;
        Csm_QueueConfigType queues[3] = {Csm_Config.queues[0], Csm_Config.queues[1], Csm_Config.queues[2]};
        Csm_JobConfigType job = Csm_Config.jobs[0];
        Crypto_JobPrimitiveInfoType info = *job.jobPrimitiveInfo;
        switch (i)
        {
        case 0U: broken.magic = 0U; break;
        case 1U: broken.configSize += 4U; break;
        case 2U: broken.jobConfigSize -= 1U; break;
        case 3U: broken.jobSize = 0U; break;
        case 4U: broken.mainFunctionCount = 0U; break;
        case 5U: broken.jobs = NULL_PTR; break;
        case 6U: broken.queues = NULL_PTR; break;
        case 7U: broken.keys = NULL_PTR; break;
        case 8U: broken.jobRecords = NULL_PTR; break;
        case 9U: broken.jobRam = NULL_PTR; break;
        case 10U: broken.queueRam = NULL_PTR; break;
        case 11U: broken.queueSlots = NULL_PTR; break;
        case 12U: broken.queueSlotCount -= 1U; break;
        case 13U: queues[1].firstSlot = 0xFFFFFFFFU; broken.queues = queues; break;
        case 14U: queues[2].mainFunctionId = 1U; broken.queues = queues; break;
        case 15U: job.queueId = 3U; broken.jobs = &job; broken.jobCount = 1U; break;
        case 16U: job.jobPrimitiveInfo = NULL_PTR; broken.jobs = &job; broken.jobCount = 1U; break;
        default: info.primitiveInfo = NULL_PTR; job.jobPrimitiveInfo = &info; broken.jobs = &job; broken.jobCount = 1U; break;
        }
        REFUSED("Csm_Init", "a configuration that is wrong", E_OK, Table_Csm(CSM_SID_INIT, CSM_E_INIT_FAILED),
                VOID_CALL(Csm_Init(&broken)));
    }
    REFUSED("Csm_Init", "the linked configuration", E_OK, Table_Silent(), VOID_CALL(Csm_Init(NULL_PTR)));
    REFUSED("Csm_Init", "a configuration by pointer", E_OK, Table_Silent(), VOID_CALL(Csm_Init(&Csm_Config)));
}

void Table_CsmRows(void)
{
    uint32 i;
    for (i = 0U; i < 3U; i++)
    {
        GivingRows(&Giving[i]);
    }
    for (i = 0U; i < 2U; i++)
    {
        ComparingRows(&Comparing[i]);
    }
    SignatureLengthRows();
    RandomRows();
    OtherRows();
    InitRows();
}
