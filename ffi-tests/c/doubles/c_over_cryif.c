/* A Csm in C, of two jobs, over our CryIf and our driver. */
#include "../entropy.h"
#include "../support.h"
#include "../vectors.h"
#include "CryIf.h"
#include "Crypto.h"
#include "Csm_Cbk.h"

static uint32 Notifications;
static Crypto_JobType *NotifiedJob;
static Crypto_ResultType NotifiedResult;

void Csm_CallbackNotification(Crypto_JobType *job, Crypto_ResultType result)
{
    Notifications++;
    NotifiedJob = job;
    NotifiedResult = result;
}

static const Crypto_PrimitiveInfoType Hash = {
    CRYPTO_HASH, {CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOFAM_NOT_SET, 0U, CRYPTO_ALGOMODE_NOT_SET}};
static const Crypto_PrimitiveInfoType Sign = {
    CRYPTO_SIGNATUREGENERATE, {CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_SHA2_256, 256U, CRYPTO_ALGOMODE_NOT_SET}};
static const Crypto_PrimitiveInfoType Check = {
    CRYPTO_SIGNATUREVERIFY, {CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_SHA2_256, 256U, CRYPTO_ALGOMODE_NOT_SET}};

static uint8 Output[64];
static uint32 OutputLength;
static Crypto_VerifyResultType Verdict;
static Crypto_JobPrimitiveInfoType Infos[3];
static Crypto_JobType Jobs[3];

static Crypto_JobType *Prepare(uint32 index, const Crypto_PrimitiveInfoType *primitive, uint32 key, Crypto_ProcessingType processing)
{
    Crypto_JobType *const job = &Jobs[index];
    Infos[index].primitiveInfo = primitive;
    Infos[index].cryIfKeyId = key;
    Infos[index].processingType = processing;
    job->jobPrimitiveInfo = &Infos[index];
    job->jobPrimitiveInputOutput.inputPtr = Vector_Message;
    job->jobPrimitiveInputOutput.inputLength = sizeof(Vector_Message);
    job->jobPrimitiveInputOutput.mode = CRYPTO_OPERATIONMODE_SINGLECALL;
    job->jobPrimitiveInputOutput.outputPtr = Output;
    job->jobPrimitiveInputOutput.outputLengthPtr = &OutputLength;
    OutputLength = sizeof(Output);
    return job;
}

int main(void)
{
    const uint32 channel = CryIfConf_CryIfChannel_ChAsync;
    Crypto_JobType *job;
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    CHECK_CODE(E_OK, CryIf_KeyElementSet(CryIfConf_CryIfKey_SignKey, 1U, Vector_PrivateKey, 32U));
    CHECK_CODE(E_OK, CryIf_KeySetValid(CryIfConf_CryIfKey_SignKey));
    CHECK_CODE(E_OK, CryIf_KeyElementSet(CryIfConf_CryIfKey_VerifyKey, 1U, Vector_PublicKey, 65U));
    CHECK_CODE(E_OK, CryIf_KeySetValid(CryIfConf_CryIfKey_VerifyKey));

    Test_About("synchronous hash of a Csm in C");
    CHECK_CODE(E_OK, CryIf_ProcessJob(channel, Prepare(0U, &Hash, 0xFFFFFFFFU, CRYPTO_PROCESSING_SYNC)));
    CHECK_CODE(32U, OutputLength);
    CHECK(Test_Same(Output, Vector_Sha256, 32U) == TRUE);
    CHECK_CODE(0U, Notifications);

    Test_About("asynchronous hash of a Csm in C");
    Test_Fill(Output, 0U, sizeof(Output));
    job = Prepare(0U, &Hash, 0xFFFFFFFFU, CRYPTO_PROCESSING_ASYNC);
    CHECK_CODE(E_OK, CryIf_ProcessJob(channel, job));
    CHECK_CODE(CRYPTO_E_BUSY, CryIf_ProcessJob(channel, job));
    CHECK_CODE(0U, Notifications);
    Crypto_MainFunction();
    CHECK_CODE(1U, Notifications);
    CHECK(NotifiedJob == job);
    CHECK_CODE(E_OK, NotifiedResult);
    CHECK(Test_Same(Output, Vector_Sha256, 32U) == TRUE);

    Test_About("asynchronous signature of a Csm in C");
    CHECK_CODE(E_OK, CryIf_ProcessJob(channel, Prepare(1U, &Sign, CryIfConf_CryIfKey_SignKey, CRYPTO_PROCESSING_ASYNC)));
    Crypto_MainFunction();
    CHECK_CODE(1U, Notifications);
    Crypto_MainFunctionBackground();
    CHECK_CODE(2U, Notifications);
    CHECK(NotifiedJob == &Jobs[1]);
    CHECK_CODE(64U, OutputLength);
    job = Prepare(2U, &Check, CryIfConf_CryIfKey_VerifyKey, CRYPTO_PROCESSING_SYNC);
    job->jobPrimitiveInputOutput.outputPtr = NULL_PTR;
    job->jobPrimitiveInputOutput.outputLengthPtr = NULL_PTR;
    job->jobPrimitiveInputOutput.secondaryInputPtr = Output;
    job->jobPrimitiveInputOutput.secondaryInputLength = 64U;
    job->jobPrimitiveInputOutput.verifyPtr = &Verdict;
    Verdict = CRYPTO_E_VER_NOT_OK;
    CHECK_CODE(E_OK, CryIf_ProcessJob(channel, job));
    CHECK_CODE(CRYPTO_E_VER_OK, Verdict);

    Test_About("cancellation by a Csm in C");
    CHECK_CODE(E_OK, CryIf_ProcessJob(channel, Prepare(0U, &Hash, 0xFFFFFFFFU, CRYPTO_PROCESSING_ASYNC)));
    CHECK_CODE(E_OK, CryIf_CancelJob(channel, &Jobs[0]));
    Crypto_MainFunction();
    CHECK_CODE(2U, Notifications);
    CHECK_CODE(0U, Test_Reports());
    return Test_End("c_over_cryif");
}
