/* What an ECU does around a software component: it starts the stack and calls everybody periodically. */
#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"

#include "support.h"
#include "swc.h"

#define MAX_CYCLES 1000U

/* Callbacks of jobs without a port belong to the application; none of these jobs is started here. */
void Evcc_RecordMacFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    CHECK_CODE(E_OK, result);
    CHECK(FALSE);
}

void Evcc_LogDigestFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    CHECK_CODE(E_OK, result);
    CHECK(FALSE);
}

void Evcc_ProvisioningFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    CHECK_CODE(E_OK, result);
    CHECK(FALSE);
}

int main(void)
{
    uint32 cycle;
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    Swc_Init();
    for (cycle = 0U; (cycle < MAX_CYCLES) && (Swc_IsDone() == FALSE); cycle++)
    {
        Swc_Run();
        Csm_MainFunction();
        Crypto_MainFunction();
        Crypto_MainFunctionBackground();
    }
    Test_About("the end");
    CHECK(Swc_IsDone() == TRUE);
    /* The one report: somebody tried to read a private key. */
    CHECK_CODE(1U, Test_Reports());
    CHECK(Test_LastReport().runtime == TRUE);
    CHECK_CODE(CRYPTO_MODULE_ID, Test_LastReport().moduleId);
    CHECK_CODE(0x01U, Test_LastReport().errorId);
    return Test_End("swc");
}
