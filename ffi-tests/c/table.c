/* Every exported function with wrong arguments: exact code, exact report, nothing written, and no byte beyond a buffer touched.
 * Called with `front`, buffers begin behind a guard page instead of ending before one. Prints a line per row. */
#include "table.h"

#include <stdio.h>
#include <string.h>

#include "areas.h"

static uint32 Rows;
static uint32 Failures;
static uint8 *Output;
static uint32 Room;
static boolean HasRoom;

static const Table_ReportType Silent = {0U, 0U, 0U, FALSE};

Table_ReportType Table_Silent(void)
{
    return Silent;
}

static Table_ReportType Expected(uint16 moduleId, uint8 apiId, uint8 errorId, boolean runtime)
{
    Table_ReportType report;
    report.moduleId = moduleId;
    report.apiId = apiId;
    report.errorId = errorId;
    report.runtime = runtime;
    return report;
}

Table_ReportType Table_Csm(uint8 apiId, uint8 errorId)
{
    return Expected(110U, apiId, errorId, FALSE);
}

Table_ReportType Table_CryIf(uint8 apiId, uint8 errorId)
{
    return Expected(112U, apiId, errorId, FALSE);
}

Table_ReportType Table_Crypto(uint8 apiId, uint8 errorId)
{
    return Expected(114U, apiId, errorId, FALSE);
}

Table_ReportType Table_Runtime(uint16 moduleId, uint8 apiId, uint8 errorId)
{
    return Expected(moduleId, apiId, errorId, TRUE);
}

void Table_Fresh(void)
{
    uint32 page;
    for (page = 0U; page < (uint32)GUARD_PAGES; page++)
    {
        Guard_Reset((Guard_PageType)page);
    }
    Output = NULL_PTR;
    HasRoom = FALSE;
    Test_ClearReports();
    Test_ClearCallbacks();
}

uint8 *Table_Out(uint32 length)
{
    Output = Guard_Buffer(GUARD_OUTPUT, length);
    return Output;
}

void Table_Watch(uint8 *output)
{
    Output = output;
}

uint32 *Table_Room(uint32 room)
{
    uint8 *word = Guard_Buffer(GUARD_LENGTH, (uint32)sizeof(room));
    (void)memcpy(word, &room, sizeof(room));
    Room = room;
    HasRoom = TRUE;
    return (uint32 *)(void *)word;
}

Crypto_VerifyResultType *Table_Verdict(void)
{
    return Guard_Buffer(GUARD_VERIFY, 1U);
}

const uint8 *Table_In(uint32 length)
{
    uint8 bytes[128];
    uint32 i;
    for (i = 0U; i < length; i++)
    {
        bytes[i] = Vector_Message[i % sizeof(Vector_Message)];
    }
    return Guard_Input(GUARD_DATA, bytes, length);
}

const uint8 *Table_Secondary(const uint8 *bytes, uint32 length)
{
    return Guard_Input(GUARD_SECONDARY, bytes, length);
}

static uint32 LengthWord(void)
{
    uint32 word;
    (void)memcpy(&word, Guard_Buffer(GUARD_LENGTH, (uint32)sizeof(word)), sizeof(word));
    return word;
}

static void Fail(const char *function, const char *what, const char *why, uint32 expected, uint32 actual)
{
    Failures++;
    (void)printf("FAILED %s: %s: %s is 0x%02X, not 0x%02X\n", function, what, why, (unsigned)actual, (unsigned)expected);
}

static void Equal(const char *function, const char *what, const char *why, uint32 expected, uint32 actual)
{
    if (expected != actual)
    {
        Fail(function, what, why, expected, actual);
    }
}

static void Row(const char *function, const char *what)
{
    Rows++;
    (void)printf("row %s: %s\n", function, what);
}

static void CheckReport(const char *function, const char *what, Table_ReportType report)
{
    const Test_ReportType last = Test_LastReport();
    Equal(function, what, "the number of reports", (report.moduleId == 0U) ? 0U : 1U, Test_Reports());
    Equal(function, what, "the module", report.moduleId, last.moduleId);
    Equal(function, what, "the instance", (report.moduleId == 114U) ? 7U : 0U, last.instanceId);
    Equal(function, what, "the service id", report.apiId, last.apiId);
    Equal(function, what, "the error", report.errorId, last.errorId);
    Equal(function, what, "a runtime error", report.runtime, last.runtime);
}

void Table_Refused(const char *function, const char *what, uint32 expected, Table_ReportType report, uint32 actual)
{
    const boolean untouched =
        ((Guard_IsIntact(GUARD_OUTPUT, NULL_PTR, 0U) == TRUE) && (Guard_IsIntact(GUARD_VERIFY, NULL_PTR, 0U) == TRUE) &&
         (Guard_IsIntact(GUARD_LENGTH, Guard_Buffer(GUARD_LENGTH, 4U), 4U) == TRUE))
            ? TRUE
            : FALSE;
    Row(function, what);
    Equal(function, what, "the code", expected, actual);
    CheckReport(function, what, report);
    Equal(function, what, "untouched", TRUE, untouched);
    Equal(function, what, "callbacks", 0U, Test_AllCallbacks());
    if (HasRoom == TRUE)
    {
        Equal(function, what, "the length word", Room, LengthWord());
    }
}

void Table_Works(const char *function, const char *what, uint32 length, uint32 actual)
{
    const boolean untouched = ((Guard_IsIntact(GUARD_OUTPUT, Output, length) == TRUE) &&
                               (Guard_IsIntact(GUARD_VERIFY, NULL_PTR, 0U) == TRUE))
                                  ? TRUE
                                  : FALSE;
    Row(function, what);
    Equal(function, what, "the code", E_OK, actual);
    CheckReport(function, what, Silent);
    Equal(function, what, "untouched elsewhere", TRUE, untouched);
    if (HasRoom == TRUE)
    {
        Equal(function, what, "the length word", length, LengthWord());
        Equal(function, what, "left as it was", FALSE, Test_IsFilled(Output, GUARD_CANARY, length));
    }
}

void Table_Gives(const char *function, const char *what, uint8 value, uint32 actual)
{
    Row(function, what);
    Equal(function, what, "the code", E_OK, actual);
    CheckReport(function, what, Silent);
    Equal(function, what, "the byte", value, *Guard_Buffer(GUARD_VERIFY, 1U));
    Equal(function, what, "untouched", TRUE, Guard_IsIntact(GUARD_VERIFY, Guard_Buffer(GUARD_VERIFY, 1U), 1U));
    Equal(function, what, "untouched output", TRUE, Guard_IsIntact(GUARD_OUTPUT, NULL_PTR, 0U));
}

int main(int argc, char **argv)
{
    const boolean front = ((argc > 1) && (strcmp(argv[1], "front") == 0)) ? TRUE : FALSE;
    (void)setvbuf(stdout, NULL, _IOLBF, 0); /* a crash shows its row */
    Areas_Watch();
    Guard_Init(front);
    Table_Fresh();
    Table_UninitialisedRows();
    Table_UninitialisedDriverKeyRows();
    Table_UninitialisedServiceRows();
    Table_UninitialisedKeymRows();
    Table_UninitialisedHsmRows();
    Stack_Init();
    Stack_LoadKeys();
    Table_CsmRows();
    Table_CsmKeyRows();
    Table_ServiceRows();
    Stack_LoadKeys();
    Table_CryIfRows();
    Table_DriverRows();
    Table_DriverKeyRows();
    Table_KeymRows();
    Table_HsmRows();
    Areas_End();
    Equal("Stack", "checks beside the rows", "the number of failed checks", 0U, (uint32)Test_End("setup"));
    (void)printf("table: %u rows, %u failures, buffers %s a guard\n", (unsigned)Rows, (unsigned)Failures,
                 (front == TRUE) ? "behind" : "before");
    return (Failures == 0U) ? 0 : 1;
}
