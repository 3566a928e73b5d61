/* The smallest program with a whole stack in it, and every callout of its own: it links with either archive. */
#include <stdio.h>
#include <stdlib.h>

#include "Crypto_Externals.h"
#include "Det.h"
#include "SchM_Crypto.h"
#include "SchM_Csm.h"
#include "names.h"

static unsigned Entered;
static unsigned Left;
static unsigned Finished;

Std_ReturnType Det_ReportError(uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId)
{
    (void)printf("Det %u %u %u %u\n", (unsigned)ModuleId, (unsigned)InstanceId, (unsigned)ApiId, (unsigned)ErrorId);
    return E_OK;
}

Std_ReturnType Det_ReportRuntimeError(uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId)
{
    return Det_ReportError(ModuleId, InstanceId, ApiId, ErrorId);
}

void SchM_Enter_Csm_CSM_EXCLUSIVE_AREA_0(void)
{
    Entered++;
}

void SchM_Exit_Csm_CSM_EXCLUSIVE_AREA_0(void)
{
    Left++;
}

void SchM_Enter_Crypto_CRYPTO_EXCLUSIVE_AREA_0(void)
{
    Entered++;
}

void SchM_Exit_Crypto_CRYPTO_EXCLUSIVE_AREA_0(void)
{
    Left++;
}

Std_ReturnType Crypto_EntropyCallout(uint8 *dataPtr, uint32 dataLength)
{
    uint32 i;
    for (i = 0U; i < dataLength; i++)
    {
        dataPtr[i] = (uint8)i;
    }
    return E_OK;
}

/* Only for targets; harmless on a host. */
void V2gcrypt_PanicCallout(void);
void V2gcrypt_PanicCallout(void)
{
    abort();
}

#ifdef WITHOUT_STD
/* The core library that a toolchain ships for a host is compiled for unwinding; one for a target is not. */
void rust_eh_personality(void);
void rust_eh_personality(void)
{
    abort();
}
#endif

void Test_JobFinished(uint32 jobId, Crypto_ResultType result)
{
    Finished += ((jobId == CsmConf_CsmJob_RandomAsync) && (result == E_OK)) ? 1U : 0U;
}

int main(void)
{
    uint8 bytes[4] = {0U, 0U, 0U, 0U};
    uint32 length = sizeof(bytes);
    Std_ReturnType result;
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    result = Csm_RandomGenerate(CsmConf_CsmJob_RandomAsync, bytes, &length);
    Crypto_MainFunction();
    Csm_MainFunction();
#ifdef WITHOUT_STD
    bytes[3] = ((bytes[0] | bytes[1] | bytes[2] | bytes[3]) != 0U) ? 3U : 0U; /* from the generator that the callout seeds */
#endif
    return ((result == E_OK) && (bytes[3] == 3U) && (Finished == 1U) && (Entered == Left) && (Entered != 0U)) ? 0 : 1;
}
