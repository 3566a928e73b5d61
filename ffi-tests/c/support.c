/* Checks, a Det that remembers, a callback that counts. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "Det.h"
#include "support.h"

static pthread_mutex_t Lock = PTHREAD_MUTEX_INITIALIZER;
static uint32 Checks;
static uint32 Failures;
static const char *Subject = "";

void Test_About(const char *subject)
{
    Subject = subject;
}

static void Count(boolean holds)
{
    (void)pthread_mutex_lock(&Lock);
    Checks++;
    Failures += (holds == TRUE) ? 0U : 1U;
    (void)pthread_mutex_unlock(&Lock);
}

void Test_Check(boolean holds, const char *what, const char *file, uint32 line)
{
    Count(holds);
    if (holds != TRUE)
    {
        (void)printf("%s:%u: [%s] does not hold: %s\n", file, (unsigned)line, Subject, what);
    }
}

void Test_CheckCode(uint32 expected, uint32 actual, const char *what, const char *file, uint32 line)
{
    const boolean holds = (expected == actual) ? TRUE : FALSE;
    Count(holds);
    if (holds != TRUE)
    {
        (void)printf("%s:%u: [%s] 0x%02X, not 0x%02X: %s\n", file, (unsigned)line, Subject, (unsigned)actual,
                     (unsigned)expected, what);
    }
}

int Test_End(const char *program)
{
    (void)printf("%s: %u checks, %u failures\n", program, (unsigned)Checks, (unsigned)Failures);
    return ((Failures == 0U) && (Checks != 0U)) ? 0 : 1;
}

boolean Test_Same(const uint8 *a, const uint8 *b, uint32 length)
{
    return (memcmp(a, b, length) == 0) ? TRUE : FALSE;
}

void Test_Fill(uint8 *to, uint8 value, uint32 length)
{
    (void)memset(to, (int)value, length);
}

void Test_Copy(uint8 *to, const uint8 *from, uint32 length)
{
    (void)memcpy(to, from, length);
}

boolean Test_IsFilled(const uint8 *from, uint8 value, uint32 length)
{
    uint32 i;
    for (i = 0U; i < length; i++)
    {
        if (from[i] != value)
        {
            return FALSE;
        }
    }
    return TRUE;
}

void (*Test_OnCallOut)(void) = NULL_PTR;

void Test_CalledOut(void)
{
    if (Test_OnCallOut != NULL_PTR)
    {
        Test_OnCallOut();
    }
}

/* Det */

static uint32 Reports;
static Test_ReportType LastReport;

static void Report(uint16 moduleId, uint8 instanceId, uint8 apiId, uint8 errorId, boolean runtime)
{
    Test_CalledOut();
    (void)pthread_mutex_lock(&Lock);
    Reports++;
    LastReport.moduleId = moduleId;
    LastReport.instanceId = instanceId;
    LastReport.apiId = apiId;
    LastReport.errorId = errorId;
    LastReport.runtime = runtime;
    (void)pthread_mutex_unlock(&Lock);
}

Std_ReturnType Det_ReportError(uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId)
{
    Report(ModuleId, InstanceId, ApiId, ErrorId, FALSE);
    return E_OK;
}

Std_ReturnType Det_ReportRuntimeError(uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId)
{
    Report(ModuleId, InstanceId, ApiId, ErrorId, TRUE);
    return E_OK;
}

uint32 Test_Reports(void)
{
    uint32 count;
    (void)pthread_mutex_lock(&Lock);
    count = Reports;
    (void)pthread_mutex_unlock(&Lock);
    return count;
}

Test_ReportType Test_LastReport(void)
{
    return LastReport;
}

void Test_ClearReports(void)
{
    (void)pthread_mutex_lock(&Lock);
    Reports = 0U;
    (void)memset(&LastReport, 0, sizeof(LastReport));
    (void)pthread_mutex_unlock(&Lock);
}

/* Callbacks */

#define REMEMBERED 64U

static uint32 Callbacks[TEST_JOBS];
static Crypto_ResultType Results[TEST_JOBS];
static uint32 AllCallbacks;
static uint32 Order[REMEMBERED];

void (*Test_OnFinished)(uint32 jobId, Crypto_ResultType result) = NULL_PTR;

void Test_JobFinished(uint32 jobId, Crypto_ResultType result)
{
    Test_CalledOut();
    (void)pthread_mutex_lock(&Lock);
    Callbacks[jobId]++;
    Results[jobId] = result;
    if (AllCallbacks < REMEMBERED)
    {
        Order[AllCallbacks] = jobId;
    }
    AllCallbacks++;
    (void)pthread_mutex_unlock(&Lock);
    if (Test_OnFinished != NULL_PTR)
    {
        Test_OnFinished(jobId, result);
    }
}

static uint32 Read(const uint32 *counter)
{
    uint32 value;
    (void)pthread_mutex_lock(&Lock);
    value = *counter;
    (void)pthread_mutex_unlock(&Lock);
    return value;
}

uint32 Test_Callbacks(uint32 jobId)
{
    return Read(&Callbacks[jobId]);
}

uint32 Test_AllCallbacks(void)
{
    return Read(&AllCallbacks);
}

Crypto_ResultType Test_LastResult(uint32 jobId)
{
    Crypto_ResultType result;
    (void)pthread_mutex_lock(&Lock);
    result = Results[jobId];
    (void)pthread_mutex_unlock(&Lock);
    return result;
}

uint32 Test_NthCallback(uint32 n)
{
    return Read(&Order[n]);
}

void Test_ClearCallbacks(void)
{
    (void)pthread_mutex_lock(&Lock);
    (void)memset(Callbacks, 0, sizeof(Callbacks));
    (void)memset(Results, 0xEE, sizeof(Results));
    AllCallbacks = 0U;
    (void)pthread_mutex_unlock(&Lock);
}
