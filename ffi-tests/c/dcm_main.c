/* The factory's tester: speaks to the routines of ffi-tests/examples/dcm_routines.c in messages of 64 bytes, in the right order and in
 * wrong ones, and resets the controller in between.
 *
 * argv[1] is a folder with the manufacturer's certificates, argv[2] the file that keeps the lock: what NvM cannot do is tried with it. The
 * request is written into the folder; when it is, a line is printed, and the certificate is expected there as soon as a line
 * comes in. */
#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"
#include "KeyM.h"
#include "NvM.h"
#include "dcm_routines.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support.h"

#define MAX_CYCLES 20000U
#define SLOT KeyMConf_KeyMCertificate_OemProvisioning

typedef struct
{
    uint16 length;
    uint8 der[2048];
} FileType;

/* What the tester gets: 0 for a positive response, else the negative response code. */
typedef uint32 CodeType;
#define POSITIVE 0U

static const char *Folder;
static const char *LockFile;
static FileType File;
static FileType Request;
static uint32 Serviced;
static KeyM_ResultType ServiceResult;
static uint32 Finalized;
static uint32 Refusals;

Std_ReturnType Evcc_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    (void)CertId;
    (void)Result;
    return E_OK;
}

Std_ReturnType Evcc_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Code, uint16 ResultDataLength,
                                        const uint8 *ResultDataPtr)
{
    CHECK(CertId != SLOT);
    (void)ResultDataLength;
    (void)ResultDataPtr;
    Serviced++;
    ServiceResult = Code;
    return E_OK;
}

Std_ReturnType KeyM_Cps_CertificateVerified(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result)
{
    return Evcc_CertificateVerified(CertId, Result);
}

Std_ReturnType KeyM_Cps_CertificateServiced(KeyM_CertificateIdType CertId, KeyM_ResultType Code, uint16 ResultDataLength,
                                            const uint8 *ResultDataPtr)
{
    return Evcc_CertificateServiced(CertId, Code, ResultDataLength, ResultDataPtr);
}

void KeyM_CryptoKeyFinalizeCallbackNotification(KeyM_ResultType Result, uint16 ResponseDataLength, const uint8 *ResponseDataPtr);

void KeyM_CryptoKeyFinalizeCallbackNotification(KeyM_ResultType Result, uint16 ResponseDataLength, const uint8 *ResponseDataPtr)
{
    (void)ResponseDataLength;
    (void)ResponseDataPtr;
    CHECK_CODE(KEYM_RT_OK, Result);
    Finalized++;
}

/* Jobs of other software components; none is started here. */
#define OTHER(name)                                   \
    void name(uint32 jobId, Crypto_ResultType result) \
    {                                                 \
        CHECK_CODE(0xFFFFFFFFU, jobId);               \
        CHECK_CODE(0xFFU, result);                    \
    }
OTHER(Evcc_ContractSignFinished)
OTHER(Evcc_LogDigestFinished)
OTHER(Evcc_MessageVerifyFinished)
OTHER(Evcc_ProvisioningFinished)
OTHER(Evcc_RecordMacFinished)

static void Cycle(void)
{
    KeyM_MainFunction();
    KeyM_MainBackgroundFunction();
    Csm_MainFunction();
    Crypto_MainFunction();
    Crypto_MainFunctionBackground();
    DcmRoutines_MainFunction();
}

static void Cycles(uint32 count)
{
    uint32 cycle;
    for (cycle = 0U; cycle < count; cycle++)
    {
        Cycle();
    }
}

static void Await(const uint32 *callbacks)
{
    uint32 cycle;
    for (cycle = 0U; (cycle < MAX_CYCLES) && (*callbacks == 0U); cycle++)
    {
        Cycle();
    }
    CHECK_CODE(1U, *callbacks);
}

static void Start(void)
{
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    KeyM_Init(NULL_PTR);
    DcmRoutines_Init();
}

static void Reset(void)
{
    Cycles(500U);
    KeyM_Deinit();
    Start();
    Cycles(500U);
}

static void Load(const char *name)
{
    char path[512];
    FILE *stream;
    (void)snprintf(path, sizeof(path), "%s/%s", Folder, name);
    stream = fopen(path, "rb");
    File.length = 0U;
    if (stream != NULL)
    {
        File.length = (uint16)fread(File.der, 1U, sizeof(File.der), stream);
        (void)fclose(stream);
    }
    CHECK(File.length > 0U);
}

static void Save(const char *name, const FileType *file)
{
    char path[512];
    FILE *stream;
    (void)snprintf(path, sizeof(path), "%s/%s", Folder, name);
    stream = fopen(path, "wb");
    CHECK(stream != NULL);
    if (stream != NULL)
    {
        CHECK_CODE(file->length, fwrite(file->der, 1U, file->length, stream));
        (void)fclose(stream);
    }
}

/* Serves a slot that is not of the routines: other routines would. */
static void Serve(const char *name, const char *file, KeyM_ServiceCertificateType service)
{
    Load(file);
    Serviced = 0U;
    ServiceResult = 0xFFU;
    CHECK_CODE(E_OK, KeyM_ServiceCertificate(service, (const uint8 *)name, (uint16)strlen(name), File.der, File.length, NULL_PTR, 0U));
    Await(&Serviced);
    CHECK_CODE(KEYM_RT_OK, ServiceResult);
}

static KeyM_CertificateStatusType Status(void)
{
    KeyM_CertificateStatusType status = 0xFFU;
    CHECK_CODE(E_OK, KeyM_CertGetStatus(SLOT, &status));
    return status;
}

/* Dcm: a negative response code only with E_NOT_OK, and a response of 64 bytes at most. */
static CodeType Answer(Std_ReturnType result, Dcm_NegativeResponseCodeType code)
{
    CHECK((result == E_OK) || (result == E_NOT_OK));
    CHECK((result == E_OK) == (code == 0U));
    Refusals += (result == E_OK) ? 0U : 1U;
    return code;
}

static CodeType Generate(void)
{
    Dcm_NegativeResponseCodeType code = 0U;
    const Std_ReturnType result = DcmRoutines_Generate_Start(DCM_INITIAL, &code);
    return Answer(result, code);
}

static CodeType Lock(void)
{
    Dcm_NegativeResponseCodeType code = 0U;
    const Std_ReturnType result = DcmRoutines_Lock_Start(DCM_INITIAL, &code);
    return Answer(result, code);
}

/* A part of the request; `Message` gets the response, and a sentinel stands behind it. */
static uint8 Message[DCM_ROUTINES_MESSAGE + 1U];
static uint16 MessageLength;

static CodeType Export(uint8 counter)
{
    Dcm_NegativeResponseCodeType code = 0U;
    Std_ReturnType result;
    Message[DCM_ROUTINES_MESSAGE] = 0xA5U;
    MessageLength = 1U;
    result = DcmRoutines_Export_Start(&counter, DCM_INITIAL, Message, &MessageLength, &code);
    CHECK(MessageLength <= DCM_ROUTINES_MESSAGE);
    CHECK_CODE(0xA5U, Message[DCM_ROUTINES_MESSAGE]);
    return Answer(result, code);
}

static CodeType Begin(uint16 length)
{
    Dcm_NegativeResponseCodeType code = 0U;
    const uint8 message[3] = {0U, (uint8)(length >> 8), (uint8)(length & 0xFFU)};
    const Std_ReturnType result = DcmRoutines_Import_Start(message, DCM_INITIAL, 3U, &code);
    return Answer(result, code);
}

static CodeType Continue(uint8 counter, const uint8 *part, uint16 length)
{
    Dcm_NegativeResponseCodeType code = 0U;
    uint8 message[DCM_ROUTINES_MESSAGE + 1U];
    Std_ReturnType result;
    message[0] = counter;
    Test_Copy(&message[1], part, length);
    result = DcmRoutines_Import_Start(message, DCM_INITIAL, (uint16)(length + 1U), &code);
    return Answer(result, code);
}

/* The results of a routine, as soon as it has ended. */
typedef enum
{
    OF_GENERATE,
    OF_IMPORT,
    OF_LOCK
} RoutineType;

static uint32 Pending;

static CodeType Results(RoutineType routine)
{
    Std_ReturnType result = DCM_E_PENDING;
    Dcm_NegativeResponseCodeType code = 0U;
    uint32 cycle;
    Pending = 0U;
    for (cycle = 0U; (cycle < MAX_CYCLES) && (result == DCM_E_PENDING); cycle++)
    {
        const Dcm_OpStatusType status = (cycle == 0U) ? DCM_INITIAL : DCM_PENDING;
        MessageLength = 0U;
        switch (routine)
        {
        case OF_GENERATE:
            result = DcmRoutines_Generate_RequestResults(status, Message, &MessageLength, &code);
            break;
        case OF_IMPORT:
            result = DcmRoutines_Import_RequestResults(status, &code);
            break;
        default:
            result = DcmRoutines_Lock_RequestResults(status, &code);
            break;
        }
        if (result == DCM_E_PENDING)
        {
            Pending++;
            Cycle();
        }
    }
    return Answer(result, code);
}

/* All parts of what is in File but the last, whose code is returned. */
static CodeType SendFile(void)
{
    CodeType code = Begin(File.length);
    uint16 sent = 0U;
    uint8 counter = 1U;
    CHECK_CODE(POSITIVE, code);
    while ((sent < File.length) && (code == POSITIVE))
    {
        uint16 count = (uint16)(File.length - sent);
        count = (count > DCM_ROUTINES_PART) ? (uint16)DCM_ROUTINES_PART : count;
        code = Continue(counter, &File.der[sent], count);
        sent = (uint16)(sent + count);
        counter++;
    }
    CHECK_CODE(File.length, sent);
    return code;
}

static void RefusesWhatComesTooEarly(void)
{
    const uint8 part[DCM_ROUTINES_PART] = {0x30U};
    Test_About("before start-up is done");
    CHECK_CODE(DCM_E_BUSYREPEATREQUEST, Generate());
    Cycles(500U);
    Test_About("before a key");
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Export(1U));
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Begin(700U));
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Continue(1U, part, sizeof(part)));
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Lock());
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Results(OF_GENERATE));
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Results(OF_IMPORT));
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Results(OF_LOCK));
    CHECK_CODE(KEYM_CERTIFICATE_NOT_AVAILABLE, Status());
}

static void GeneratesTheKey(void)
{
    Test_About("the key");
    CHECK_CODE(POSITIVE, Generate());
    CHECK_CODE(DCM_E_BUSYREPEATREQUEST, Generate());
    CHECK_CODE(DCM_E_BUSYREPEATREQUEST, Export(1U));
    CHECK_CODE(DCM_E_BUSYREPEATREQUEST, Begin(700U));
    CHECK_CODE(DCM_E_BUSYREPEATREQUEST, Lock());
    CHECK_CODE(POSITIVE, Results(OF_GENERATE));
    CHECK(Pending > 0U);
    CHECK_CODE(2U, MessageLength);
    Request.length = (uint16)(((uint16)Message[0] << 8) | Message[1]);
    CHECK((Request.length > 100U) && (Request.length < 512U));
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Generate());
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Lock());
}

static void ExportsTheRequest(void)
{
    uint16 got = 0U;
    uint8 counter = 1U;
    uint8 first[DCM_ROUTINES_MESSAGE];
    Dcm_NegativeResponseCodeType code = 0U;
    Test_About("the request");
    CHECK_CODE(DCM_E_REQUESTOUTOFRANGE, Export(0U));
    CHECK_CODE(DCM_E_REQUESTOUTOFRANGE, Export(255U));
    MessageLength = 2U;
    CHECK_CODE(E_NOT_OK, DcmRoutines_Export_Start(Message, DCM_INITIAL, Message, &MessageLength, &code));
    CHECK_CODE(DCM_E_INCORRECTMESSAGELENGTHORINVALIDFORMAT, code);
    while (got < Request.length)
    {
        const uint16 room = (uint16)(sizeof(Request.der) - got);
        CHECK_CODE(POSITIVE, Export(counter));
        CHECK_CODE(counter, Message[0]);
        CHECK((MessageLength > 1U) && (MessageLength <= room));
        if ((MessageLength <= 1U) || (MessageLength > room))
        {
            return;
        }
        if (counter == 1U)
        {
            Test_Copy(first, Message, DCM_ROUTINES_MESSAGE);
        }
        Test_Copy(&Request.der[got], &Message[1], (uint32)MessageLength - 1U);
        got = (uint16)(got + MessageLength - 1U);
        counter++;
    }
    CHECK_CODE(Request.length, got);
    CHECK_CODE(DCM_E_REQUESTOUTOFRANGE, Export(counter));
    /* A part whose response was lost. */
    CHECK_CODE(POSITIVE, Export(1U));
    CHECK(Test_Same(first, Message, DCM_ROUTINES_MESSAGE));
    Save("provisioning.request", &Request);
}

static void RefusesWrongParts(void)
{
    Test_About("wrong parts");
    Load("provisioning.der");
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Continue(1U, File.der, DCM_ROUTINES_PART));
    CHECK_CODE(DCM_E_REQUESTOUTOFRANGE, Begin(0U));
    CHECK_CODE(DCM_E_REQUESTOUTOFRANGE, Begin(801U));
    CHECK_CODE(POSITIVE, Begin(File.length));
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Results(OF_IMPORT));
    CHECK_CODE(DCM_E_WRONGBLOCKSEQUENCECOUNTER, Continue(2U, File.der, DCM_ROUTINES_PART));
    CHECK_CODE(DCM_E_INCORRECTMESSAGELENGTHORINVALIDFORMAT, Continue(1U, File.der, DCM_ROUTINES_PART - 1U));
    CHECK_CODE(DCM_E_INCORRECTMESSAGELENGTHORINVALIDFORMAT, Continue(1U, File.der, DCM_ROUTINES_MESSAGE));
    CHECK_CODE(DCM_E_INCORRECTMESSAGELENGTHORINVALIDFORMAT, Continue(1U, File.der, 0U));
    CHECK_CODE(POSITIVE, Continue(1U, File.der, DCM_ROUTINES_PART));
    /* The response was lost: the part is not taken twice. */
    CHECK_CODE(POSITIVE, Continue(1U, File.der, DCM_ROUTINES_PART));
    CHECK_CODE(POSITIVE, Continue(2U, &File.der[DCM_ROUTINES_PART], DCM_ROUTINES_PART));
    CHECK_CODE(DCM_E_WRONGBLOCKSEQUENCECOUNTER, Continue(1U, File.der, DCM_ROUTINES_PART));
    CHECK_CODE(DCM_E_WRONGBLOCKSEQUENCECOUNTER, Continue(4U, File.der, DCM_ROUTINES_PART));
}

static void RefusesWrongCertificates(void)
{
    Test_About("a certificate for another key");
    Load("other.der");
    CHECK_CODE(POSITIVE, SendFile());
    CHECK_CODE(DCM_E_REQUESTOUTOFRANGE, Results(OF_IMPORT));
    CHECK(Pending > 0U);
    CHECK_CODE(KEYM_CERTIFICATE_NOT_AVAILABLE, Status());
    /* The request is still there. */
    CHECK_CODE(POSITIVE, Results(OF_GENERATE));
    CHECK_CODE(DCM_E_REQUESTOUTOFRANGE, Results(OF_IMPORT));
    Test_About("a certificate with one wrong bit");
    Load("provisioning.der");
    File.der[File.length - 1U] ^= 1U;
    CHECK_CODE(POSITIVE, SendFile());
    CHECK_CODE(DCM_E_REQUESTOUTOFRANGE, Results(OF_IMPORT));
    Test_About("a certificate of a stranger");
    Load("strange.der");
    CHECK_CODE(POSITIVE, SendFile());
    CHECK_CODE(DCM_E_FAILUREPREVENTSEXECUTIONOFREQUESTEDACTION, Results(OF_IMPORT));
    CHECK_CODE(KEYM_CERTIFICATE_NOT_AVAILABLE, Status());
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Lock());
}

static void ImportsTheCertificate(void)
{
    Test_About("the certificate");
    Load("provisioning.der");
    CHECK_CODE(POSITIVE, SendFile());
    CHECK_CODE(DCM_E_BUSYREPEATREQUEST, Begin(File.length));
    CHECK_CODE(DCM_E_BUSYREPEATREQUEST, Lock());
    CHECK_CODE(POSITIVE, Results(OF_IMPORT));
    CHECK_CODE(KEYM_CERTIFICATE_VALID, Status());
    Test_About("twice");
    CHECK_CODE(DCM_E_CONDITIONSNOTCORRECT, Begin(File.length));
    CHECK_CODE(DCM_E_CONDITIONSNOTCORRECT, Generate());
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Export(1U));
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Results(OF_LOCK));
}

/* Certified, and not locked yet: the reset changes nothing. */
static void GoesOnAfterAReset(void)
{
    Test_About("a reset before the lock");
    Reset();
    CHECK_CODE(DCM_E_CONDITIONSNOTCORRECT, Generate());
    CHECK_CODE(DCM_E_CONDITIONSNOTCORRECT, Begin(File.length));
    CHECK_CODE(DCM_E_REQUESTSEQUENCEERROR, Results(OF_IMPORT));
}

/* NvM can neither read nor write a file whose name leads nowhere. */
static void BreakTheLock(void)
{
    (void)unlink(LockFile);
    CHECK_CODE(0, symlink(LockFile, LockFile));
}

static void OpensSession(void)
{
    uint8 none[1];
    uint16 noLength = 0U;
    CHECK_CODE(E_OK, KeyM_Start(KEYM_START_OEM_PRODUCTIONMODE, NULL_PTR, 0U, none, &noLength));
}

static void ClosesSession(void)
{
    Finalized = 0U;
    CHECK_CODE(E_OK, KeyM_Finalize(NULL_PTR, 0U, NULL_PTR, 0U));
    Await(&Finalized);
}

/* What is not valid any more is not locked. */
static void RefusesToLockWithoutARoot(void)
{
    Test_About("a lock without a root");
    OpensSession();
    Serviced = 0U;
    CHECK_CODE(E_OK, KeyM_ServiceCertificate(KEYM_SERVICE_CERT_V2GCRYPT_DELETE, (const uint8 *)"OemRoot", 7U, NULL_PTR, 0U, NULL_PTR, 0U));
    Await(&Serviced);
    CHECK_CODE(KEYM_RT_OK, ServiceResult);
    CHECK_CODE(POSITIVE, Lock());
    CHECK_CODE(DCM_E_FAILUREPREVENTSEXECUTIONOFREQUESTEDACTION, Results(OF_LOCK));
    Serve("OemRoot", "oem.der", KEYM_SERVICE_CERT_SET_ROOT);
    ClosesSession();
}

/* It may be locked or not. */
static void TriesAgainWhatCouldNotBeWritten(void)
{
    Test_About("a lock that cannot be written");
    BreakTheLock();
    CHECK_CODE(POSITIVE, Lock());
    CHECK_CODE(DCM_E_GENERALPROGRAMMINGFAILURE, Results(OF_LOCK));
    CHECK_CODE(DCM_E_CONDITIONSNOTCORRECT, Generate());
    CHECK_CODE(DCM_E_CONDITIONSNOTCORRECT, Begin(File.length));
    CHECK_CODE(0, unlink(LockFile));
}

static void Locks(void)
{
    Test_About("the lock");
    CHECK_CODE(POSITIVE, Lock());
    CHECK_CODE(DCM_E_BUSYREPEATREQUEST, Lock());
    CHECK_CODE(DCM_E_BUSYREPEATREQUEST, Generate());
    CHECK_CODE(POSITIVE, Results(OF_LOCK));
    CHECK(Pending > 0U);
    CHECK_CODE(KEYM_CERTIFICATE_VALID, Status());
}

static void RefusesAllThatIsLocked(const char *when, boolean readable)
{
    Test_About(when);
    CHECK_CODE(DCM_E_SECURITYACCESSDENIED, Generate());
    CHECK_CODE(DCM_E_SECURITYACCESSDENIED, Export(1U));
    CHECK_CODE(DCM_E_SECURITYACCESSDENIED, Begin(File.length));
    CHECK_CODE(DCM_E_SECURITYACCESSDENIED, Continue(1U, File.der, DCM_ROUTINES_PART));
    CHECK_CODE(DCM_E_SECURITYACCESSDENIED, Lock());
    CHECK_CODE(DCM_E_SECURITYACCESSDENIED, Results(OF_GENERATE));
    CHECK_CODE(DCM_E_SECURITYACCESSDENIED, Results(OF_IMPORT));
    CHECK_CODE((readable == TRUE) ? POSITIVE : DCM_E_SECURITYACCESSDENIED, Results(OF_LOCK));
}

/* The certificate is there, and its key signs. */
static void IsUsable(void)
{
    uint8 signature[64];
    uint32 length = sizeof(signature);
    CHECK(Status() != KEYM_CERTIFICATE_NOT_AVAILABLE);
    CHECK_CODE(E_OK, Csm_SignatureGenerate(CsmConf_CsmJob_ProvisioningRequestSign, CRYPTO_OPERATIONMODE_SINGLECALL, Request.der,
                                           Request.length, signature, &length));
    CHECK_CODE(64U, length);
}

int main(int argc, char **argv)
{
    char line[16];
    CHECK_CODE(3, argc);
    Folder = (argc > 2) ? argv[1] : ".";
    LockFile = (argc > 2) ? argv[2] : "lock";
    Start();
    RefusesWhatComesTooEarly();
    Test_About("the manufacturer's chain");
    OpensSession();
    Serve("OemRoot", "oem.der", KEYM_SERVICE_CERT_SET_ROOT);
    Serve("OemSubCa1", "oem-sub1.der", KEYM_SERVICE_CERT_SET_INTERMEDIATE);
    Serve("OemSubCa2", "oem-sub2.der", KEYM_SERVICE_CERT_SET_INTERMEDIATE);
    ClosesSession();
    GeneratesTheKey();
    ExportsTheRequest();
    (void)printf("requested\n");
    (void)fflush(stdout);
    CHECK(fgets(line, (int)sizeof(line), stdin) != NULL);
    RefusesWrongParts();
    RefusesWrongCertificates();
    ImportsTheCertificate();
    GoesOnAfterAReset();
    RefusesToLockWithoutARoot();
    TriesAgainWhatCouldNotBeWritten();
    Locks();
    RefusesAllThatIsLocked("locked", TRUE);
    IsUsable();
    Reset();
    RefusesAllThatIsLocked("locked, after a reset", TRUE);
    IsUsable();
    BreakTheLock();
    Reset();
    RefusesAllThatIsLocked("a lock that cannot be read", FALSE);
    CHECK_CODE(0, unlink(LockFile));
    Test_About("the end");
    CHECK(Refusals > 50U);
    CHECK_CODE(0U, Test_Reports());
    return Test_End("dcm");
}
