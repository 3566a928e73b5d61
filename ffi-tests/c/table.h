/* The table of wrong calls: one row is one call, its code, its report, and that it wrote nothing. */
#ifndef TABLE_H
#define TABLE_H

#include "guard.h"
#include "stack.h"
#include "support.h"
#include "vectors.h"

#define SINGLECALL CRYPTO_OPERATIONMODE_SINGLECALL
#define START CRYPTO_OPERATIONMODE_START
#define UPDATE CRYPTO_OPERATIONMODE_UPDATE
#define FINISH CRYPTO_OPERATIONMODE_FINISH

/* What Det is expected to hear. */
typedef struct
{
    uint16 moduleId; /* 0: nothing */
    uint8 apiId;
    uint8 errorId;
    boolean runtime;
} Table_ReportType;

Table_ReportType Table_Silent(void);
Table_ReportType Table_Csm(uint8 apiId, uint8 errorId);
Table_ReportType Table_CryIf(uint8 apiId, uint8 errorId);
Table_ReportType Table_Crypto(uint8 apiId, uint8 errorId);
Table_ReportType Table_Runtime(uint16 moduleId, uint8 apiId, uint8 errorId);

/* Puts canaries everywhere and forgets reports: to be called before the arguments of a row are made. */
void Table_Fresh(void);

/* Places for arguments. A length word that says `room`; the message. */
uint8 *Table_Out(uint32 length);
/* Says where the result of the row is expected, if not at the last Table_Out. */
void Table_Watch(uint8 *output);
uint32 *Table_Room(uint32 room);
Crypto_VerifyResultType *Table_Verdict(void);
const uint8 *Table_In(uint32 length);
const uint8 *Table_Secondary(const uint8 *bytes, uint32 length);

/* A call that is refused: code and report are these, nothing has been written. */
void Table_Refused(const char *function, const char *what, uint32 expected, Table_ReportType report, uint32 actual);

/* A call that works: E_OK, no report, `length` bytes written and the length word says so, nothing else. */
void Table_Works(const char *function, const char *what, uint32 length, uint32 actual);

/* A call that works and writes one byte, the verdict or the status. */
void Table_Gives(const char *function, const char *what, uint8 value, uint32 actual);

/* One row each; arguments are evaluated after Table_Fresh. */
#define REFUSED(function, what, expected, report, call) \
    do                                                  \
    {                                                   \
        Table_Fresh();                                  \
        Table_Refused((function), (what), (expected), (report), (call)); \
    } while (0)
#define WORKS(function, what, length, call)                    \
    do                                                         \
    {                                                          \
        Table_Fresh();                                         \
        Table_Works((function), (what), (length), (call));     \
    } while (0)
#define GIVES(function, what, value, call)                     \
    do                                                         \
    {                                                          \
        Table_Fresh();                                         \
        Table_Gives((function), (what), (value), (call));      \
    } while (0)

/* A function without result. */
#define VOID_CALL(call) ((call), E_OK)

/* The rows. */
void Table_UninitialisedRows(void);
void Table_CsmRows(void);
void Table_CsmKeyRows(void);
void Table_CryIfRows(void);
void Table_DriverRows(void);
void Table_ServiceRows(void);
void Table_UninitialisedServiceRows(void);
void Table_DriverKeyRows(void);
void Table_UninitialisedDriverKeyRows(void);
void Table_KeymRows(void);
void Table_HsmRows(void);
void Table_UninitialisedHsmRows(void);
void Table_UninitialisedKeymRows(void);

#endif /* TABLE_H */
