/* What all test programs need: checks, a Det that remembers, a callback that counts. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "Crypto_GeneralTypes.h"
#include "Std_Types.h"

/* Counts a check; prints it when it does not hold. */
void Test_Check(boolean holds, const char *what, const char *file, uint32 line);
#define CHECK(condition) Test_Check((condition) ? TRUE : FALSE, #condition, __FILE__, (uint32)__LINE__)

/* As CHECK, and prints both codes. */
void Test_CheckCode(uint32 expected, uint32 actual, const char *what, const char *file, uint32 line);
#define CHECK_CODE(expected, call) Test_CheckCode((uint32)(expected), (uint32)(call), #call, __FILE__, (uint32)__LINE__)

/* Says what the following checks are about. */
void Test_About(const char *subject);

/* Prints the sum of all checks and returns the exit code of main. */
int Test_End(const char *program);

boolean Test_Same(const uint8 *a, const uint8 *b, uint32 length);
void Test_Fill(uint8 *to, uint8 value, uint32 length);
boolean Test_IsFilled(const uint8 *from, uint8 value, uint32 length);
void Test_Copy(uint8 *to, const uint8 *from, uint32 length);

/* One report to Det. */
typedef struct
{
    uint16 moduleId;
    uint8 instanceId;
    uint8 apiId;
    uint8 errorId;
    boolean runtime;
} Test_ReportType;

/* Reports since Test_ClearReports, and the last of them. */
uint32 Test_Reports(void);
Test_ReportType Test_LastReport(void);
void Test_ClearReports(void);

/* The callback of every asynchronous job of services.arxml. */
void Test_JobFinished(uint32 jobId, Crypto_ResultType result);

#define TEST_JOBS 256U

/* Callbacks of one job, of all jobs, the last result, and the order in which they came. */
uint32 Test_Callbacks(uint32 jobId);
uint32 Test_AllCallbacks(void);
Crypto_ResultType Test_LastResult(uint32 jobId);
uint32 Test_NthCallback(uint32 n);
void Test_ClearCallbacks(void);

/* Called by Test_JobFinished, when set. */
extern void (*Test_OnFinished)(uint32 jobId, Crypto_ResultType result);

/* Called whenever the library calls out, when set. */
extern void (*Test_OnCallOut)(void);

/* To be called by callouts that are defined elsewhere. */
void Test_CalledOut(void);

#endif /* SUPPORT_H */
