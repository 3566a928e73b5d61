/* dcm_routines.h says what these routines do. */
#include "dcm_routines.h"

#include "NvM.h"

#define SLOT KeyMConf_KeyMCertificate_OemProvisioning

#define REQUEST_ROOM 512U
#define CERTIFICATE_ROOM 800U

typedef enum
{
    STATE_START,      /* the lock is being read */
    STATE_UNKNOWN,    /* it could not be read: everything is refused */
    STATE_IDLE,
    STATE_GENERATING, /* KeyM works */
    STATE_REQUESTED,
    STATE_IMPORTING,  /* KeyM works */
    STATE_IMPORTED,
    STATE_VERIFYING,  /* KeyM works, before it is locked */
    STATE_WRITE,      /* verified: the lock is to be written */
    STATE_WRITING,    /* NvM works */
    STATE_LOCKED
} StateType;

static const uint8 SlotName[] = {'O', 'e', 'm', 'P', 'r', 'o', 'v', 'i', 's', 'i', 'o', 'n', 'i', 'n', 'g'};
static const uint8 LockedValue[DCM_ROUTINES_NVM_LENGTH] = {'L', 'O', 'C', 'K'};

/* KeyM's callbacks come from its own task: they write what they know before the state, and each state has one writer. */
static volatile StateType State = STATE_START;
/* The routine that was started last, by the state in which it works; and why it has failed, 0 for not. */
static StateType Last = STATE_START;
static volatile Dcm_NegativeResponseCodeType Failure;
static volatile uint16 RequestLength;

static uint8 Request[REQUEST_ROOM];
static uint8 Certificate[CERTIFICATE_ROOM];
static uint16 CertificateLength;
static uint16 Received;
static uint8 LastPart;
static uint8 Lock[DCM_ROUTINES_NVM_LENGTH];

static void Copy(uint8 *to, const uint8 *from, uint16 length)
{
    uint16 index;
    for (index = 0U; index < length; index++)
    {
        to[index] = from[index];
    }
}

static Std_ReturnType Refuse(Dcm_NegativeResponseCodeType code, Dcm_NegativeResponseCodeType *ErrorCode)
{
    *ErrorCode = code;
    return E_NOT_OK;
}

/* Anything but an empty slot: also one that could not be asked. */
static boolean IsTaken(void)
{
    KeyM_CertificateStatusType status = KEYM_CERTIFICATE_INVALID;
    const Std_ReturnType result = KeyM_CertGetStatus(SLOT, &status);
    return (boolean)(((result == E_OK) && (status == KEYM_CERTIFICATE_NOT_AVAILABLE)) ? FALSE : TRUE);
}

/* What forbids every routine to start; 0 for nothing. */
static Dcm_NegativeResponseCodeType Obstacle(void)
{
    Dcm_NegativeResponseCodeType code = DCM_E_BUSYREPEATREQUEST;
    switch (State)
    {
    case STATE_IDLE:
    case STATE_REQUESTED:
    case STATE_IMPORTED:
        code = 0U;
        break;
    case STATE_LOCKED:
    case STATE_UNKNOWN:
        code = DCM_E_SECURITYACCESSDENIED;
        break;
    default:
        break;
    }
    return code;
}

/* Results of a routine that runs in `working` and `more`, and ends in `done`. */
static Std_ReturnType Results(StateType working, StateType more, StateType done, Dcm_NegativeResponseCodeType *ErrorCode)
{
    const StateType now = State;
    if ((now == working) || (now == more))
    {
        return DCM_E_PENDING;
    }
    if ((Last == working) && (Failure != 0U))
    {
        return Refuse(Failure, ErrorCode);
    }
    if (now == done)
    {
        return E_OK;
    }
    return Refuse(((now == STATE_LOCKED) || (now == STATE_UNKNOWN)) ? DCM_E_SECURITYACCESSDENIED : DCM_E_REQUESTSEQUENCEERROR,
                  ErrorCode);
}

/* KeyM has taken a request, or not. */
static Std_ReturnType Started(Std_ReturnType taken, StateType before, Dcm_NegativeResponseCodeType *ErrorCode)
{
    if (taken == E_OK)
    {
        return E_OK;
    }
    State = before;
    return Refuse((taken == KEYM_E_BUSY) ? DCM_E_BUSYREPEATREQUEST : DCM_E_CONDITIONSNOTCORRECT, ErrorCode);
}

static Dcm_NegativeResponseCodeType CodeOf(KeyM_ResultType result)
{
    switch (result)
    {
    case KEYM_RT_OK:
        return 0U;
    case KEYM_RT_KEY_CERT_INVALID:
        return DCM_E_REQUESTOUTOFRANGE;
    case KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST:
        return DCM_E_FAILUREPREVENTSEXECUTIONOFREQUESTEDACTION;
    case KEYM_RT_KEY_CERT_WRITE_FAIL:
        return DCM_E_GENERALPROGRAMMINGFAILURE;
    default:
        return DCM_E_GENERALREJECT;
    }
}

/* Generate */

Std_ReturnType DcmRoutines_Generate_Start(Dcm_OpStatusType OpStatus, Dcm_NegativeResponseCodeType *ErrorCode)
{
    const Dcm_NegativeResponseCodeType obstacle = Obstacle();
    if (OpStatus == DCM_CANCEL)
    {
        return E_OK;
    }
    if (obstacle != 0U)
    {
        return Refuse(obstacle, ErrorCode);
    }
    if (State == STATE_REQUESTED)
    {
        /* The key that was asked for would be lost. */
        return Refuse(DCM_E_REQUESTSEQUENCEERROR, ErrorCode);
    }
    if ((State != STATE_IDLE) || (IsTaken() == TRUE))
    {
        return Refuse(DCM_E_CONDITIONSNOTCORRECT, ErrorCode);
    }
    Last = STATE_GENERATING;
    Failure = 0U;
    State = STATE_GENERATING;
    return Started(KeyM_ServiceCertificate(KEYM_SERVICE_CERT_REQUEST_CSR, SlotName, (uint16)sizeof(SlotName), NULL_PTR, 0U, Request,
                                           (uint16)sizeof(Request)),
                   STATE_IDLE, ErrorCode);
}

Std_ReturnType DcmRoutines_Generate_RequestResults(Dcm_OpStatusType OpStatus, uint8 *dataOut, uint16 *currentDataLength,
                                                   Dcm_NegativeResponseCodeType *ErrorCode)
{
    const Std_ReturnType result = Results(STATE_GENERATING, STATE_GENERATING, STATE_REQUESTED, ErrorCode);
    (void)OpStatus;
    *currentDataLength = 0U;
    if (result == E_OK)
    {
        dataOut[0] = (uint8)(RequestLength >> 8);
        dataOut[1] = (uint8)(RequestLength & 0xFFU);
        *currentDataLength = 2U;
    }
    return result;
}

/* Export: any part may be asked for again. */

Std_ReturnType DcmRoutines_Export_Start(const uint8 *dataIn, Dcm_OpStatusType OpStatus, uint8 *dataOut, uint16 *currentDataLength,
                                        Dcm_NegativeResponseCodeType *ErrorCode)
{
    const Dcm_NegativeResponseCodeType obstacle = Obstacle();
    const uint16 length = *currentDataLength;
    uint16 from;
    uint16 count;
    *currentDataLength = 0U;
    if (OpStatus == DCM_CANCEL)
    {
        return E_OK;
    }
    if (obstacle != 0U)
    {
        return Refuse(obstacle, ErrorCode);
    }
    if (State != STATE_REQUESTED)
    {
        return Refuse(DCM_E_REQUESTSEQUENCEERROR, ErrorCode);
    }
    if (length != 1U)
    {
        return Refuse(DCM_E_INCORRECTMESSAGELENGTHORINVALIDFORMAT, ErrorCode);
    }
    from = (uint16)(((uint16)dataIn[0] - 1U) * DCM_ROUTINES_PART);
    if ((dataIn[0] == 0U) || (from >= RequestLength))
    {
        return Refuse(DCM_E_REQUESTOUTOFRANGE, ErrorCode);
    }
    count = (uint16)(RequestLength - from);
    if (count > DCM_ROUTINES_PART)
    {
        count = DCM_ROUTINES_PART;
    }
    dataOut[0] = dataIn[0];
    Copy(&dataOut[1], &Request[from], count);
    *currentDataLength = (uint16)(count + 1U);
    return E_OK;
}

/* Import */

static Std_ReturnType BeginImport(const uint8 *dataIn, uint16 length, Dcm_NegativeResponseCodeType *ErrorCode)
{
    uint16 announced;
    if (length != 3U)
    {
        return Refuse(DCM_E_INCORRECTMESSAGELENGTHORINVALIDFORMAT, ErrorCode);
    }
    announced = (uint16)(((uint16)dataIn[1] << 8) | dataIn[2]);
    if ((announced == 0U) || (announced > CERTIFICATE_ROOM))
    {
        return Refuse(DCM_E_REQUESTOUTOFRANGE, ErrorCode);
    }
    CertificateLength = announced;
    Received = 0U;
    LastPart = 0U;
    Last = STATE_IMPORTING;
    Failure = 0U;
    return E_OK;
}

/* One part; the last one is handed to KeyM with all before it. */
static Std_ReturnType ContinueImport(const uint8 *dataIn, uint16 length, Dcm_NegativeResponseCodeType *ErrorCode)
{
    uint16 expected = (uint16)(CertificateLength - Received);
    const uint16 count = (uint16)(length - 1U);
    if (CertificateLength == 0U)
    {
        return Refuse(DCM_E_REQUESTSEQUENCEERROR, ErrorCode);
    }
    if ((dataIn[0] == LastPart) && (Received != 0U))
    {
        /* The tester has not seen the response: the part is there. */
        return E_OK;
    }
    if (dataIn[0] != (uint8)(LastPart + 1U))
    {
        return Refuse(DCM_E_WRONGBLOCKSEQUENCECOUNTER, ErrorCode);
    }
    if (expected > DCM_ROUTINES_PART)
    {
        expected = DCM_ROUTINES_PART;
    }
    if (count != expected)
    {
        return Refuse(DCM_E_INCORRECTMESSAGELENGTHORINVALIDFORMAT, ErrorCode);
    }
    Copy(&Certificate[Received], &dataIn[1], count);
    if ((Received + count) == CertificateLength)
    {
        Std_ReturnType result;
        State = STATE_IMPORTING;
        /* KeyM copies it. */
        result = Started(KeyM_ServiceCertificate(KEYM_SERVICE_CERT_UPDATE_SIGNED_CSR, SlotName, (uint16)sizeof(SlotName), Certificate,
                                                 CertificateLength, NULL_PTR, 0U),
                         STATE_REQUESTED, ErrorCode);
        if (result == E_OK)
        {
            CertificateLength = 0U;
        }
        /* Else the same part comes again. */
        return result;
    }
    Received = (uint16)(Received + count);
    LastPart = dataIn[0];
    return E_OK;
}

Std_ReturnType DcmRoutines_Import_Start(const uint8 *dataIn, Dcm_OpStatusType OpStatus, uint16 currentDataLength,
                                        Dcm_NegativeResponseCodeType *ErrorCode)
{
    const Dcm_NegativeResponseCodeType obstacle = Obstacle();
    if (OpStatus == DCM_CANCEL)
    {
        return E_OK;
    }
    if (obstacle != 0U)
    {
        return Refuse(obstacle, ErrorCode);
    }
    if (State != STATE_REQUESTED)
    {
        return Refuse((IsTaken() == TRUE) ? DCM_E_CONDITIONSNOTCORRECT : DCM_E_REQUESTSEQUENCEERROR, ErrorCode);
    }
    if ((currentDataLength == 0U) || (currentDataLength > DCM_ROUTINES_MESSAGE))
    {
        return Refuse(DCM_E_INCORRECTMESSAGELENGTHORINVALIDFORMAT, ErrorCode);
    }
    return (dataIn[0] == 0U) ? BeginImport(dataIn, currentDataLength, ErrorCode)
                             : ContinueImport(dataIn, currentDataLength, ErrorCode);
}

Std_ReturnType DcmRoutines_Import_RequestResults(Dcm_OpStatusType OpStatus, Dcm_NegativeResponseCodeType *ErrorCode)
{
    (void)OpStatus;
    return Results(STATE_IMPORTING, STATE_IMPORTING, STATE_IMPORTED, ErrorCode);
}

/* Lock: it cannot be undone, so the certificate is verified once more, and then the flag written. */

Std_ReturnType DcmRoutines_Lock_Start(Dcm_OpStatusType OpStatus, Dcm_NegativeResponseCodeType *ErrorCode)
{
    const Dcm_NegativeResponseCodeType obstacle = Obstacle();
    const StateType before = State;
    if (OpStatus == DCM_CANCEL)
    {
        return E_OK;
    }
    if (obstacle != 0U)
    {
        return Refuse(obstacle, ErrorCode);
    }
    if (IsTaken() == FALSE)
    {
        return Refuse(DCM_E_REQUESTSEQUENCEERROR, ErrorCode);
    }
    Last = STATE_VERIFYING;
    Failure = 0U;
    State = STATE_VERIFYING;
    return Started(KeyM_VerifyCertificate(SLOT), before, ErrorCode);
}

Std_ReturnType DcmRoutines_Lock_RequestResults(Dcm_OpStatusType OpStatus, Dcm_NegativeResponseCodeType *ErrorCode)
{
    (void)OpStatus;
    return (State == STATE_WRITING) ? DCM_E_PENDING : Results(STATE_VERIFYING, STATE_WRITE, STATE_LOCKED, ErrorCode);
}

/* Callbacks */

Std_ReturnType DcmRoutines_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Result, uint16 ResultDataLength,
                                               const uint8 *ResultDataPtr)
{
    (void)ResultDataPtr; /* in Request */
    if ((CertId == SLOT) && (State == STATE_GENERATING))
    {
        RequestLength = ResultDataLength;
        Failure = CodeOf(Result);
        State = (Result == KEYM_RT_OK) ? STATE_REQUESTED : STATE_IDLE;
    }
    else if ((CertId == SLOT) && (State == STATE_IMPORTING))
    {
        /* Another certificate may follow for the same request. */
        Failure = CodeOf(Result);
        State = (Result == KEYM_RT_OK) ? STATE_IMPORTED : STATE_REQUESTED;
    }
    else
    {
        /* Nobody here has asked. */
    }
    return E_OK;
}

Std_ReturnType Dcm_KeyMAsyncCertificateVerifyFinished(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    if ((CertId == SLOT) && (State == STATE_VERIFYING))
    {
        if (Result == KEYM_CERTIFICATE_VALID)
        {
            State = STATE_WRITE;
        }
        else
        {
            Failure = (Result == KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST) ? DCM_E_FAILUREPREVENTSEXECUTIONOFREQUESTEDACTION
                                                                            : DCM_E_REQUESTOUTOFRANGE;
            State = STATE_IMPORTED;
        }
    }
    return E_OK;
}

/* The lock in NvM */

void DcmRoutines_Init(void)
{
    RequestLength = 0U;
    CertificateLength = 0U;
    Last = STATE_START;
    Failure = 0U;
    State = (NvM_ReadBlock(DCM_ROUTINES_NVM_BLOCK, Lock) == E_OK) ? STATE_START : STATE_UNKNOWN;
}

static StateType StateOfLock(NvM_RequestResultType read)
{
    /* Open is only what was never written: a flag that is damaged was set. */
    StateType state = STATE_UNKNOWN;
    if (read == NVM_REQ_NV_INVALIDATED)
    {
        state = STATE_IDLE;
    }
    else if (read == NVM_REQ_OK)
    {
        state = STATE_LOCKED;
    }
    else
    {
        /* Until the next reset. */
    }
    return state;
}

void DcmRoutines_MainFunction(void)
{
    NvM_RequestResultType result = NVM_REQ_PENDING;
    const StateType now = State;
    if (now == STATE_WRITE)
    {
        Copy(Lock, LockedValue, (uint16)sizeof(Lock));
        if (NvM_WriteBlock(DCM_ROUTINES_NVM_BLOCK, Lock) == E_OK)
        {
            State = STATE_WRITING;
        }
        /* Else NvM is busy: the next call tries again. */
        return;
    }
    if ((now != STATE_START) && (now != STATE_WRITING))
    {
        return;
    }
    if (NvM_GetErrorStatus(DCM_ROUTINES_NVM_BLOCK, &result) != E_OK)
    {
        result = NVM_REQ_NOT_OK;
    }
    if (result == NVM_REQ_PENDING)
    {
        return;
    }
    if (now == STATE_START)
    {
        State = StateOfLock(result);
    }
    else if (result == NVM_REQ_OK)
    {
        State = STATE_LOCKED;
    }
    else
    {
        Failure = DCM_E_GENERALPROGRAMMINGFAILURE;
        State = STATE_IMPORTED;
    }
}
