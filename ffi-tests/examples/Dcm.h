/* Dcm.h
 *
 * What the routines beside this file use of Dcm. An integrator's own file wins by include order.
 */
#ifndef DCM_H
#define DCM_H

#include "Std_Types.h"

typedef uint8 Dcm_OpStatusType;
#define DCM_INITIAL 0x00U
#define DCM_PENDING 0x01U
#define DCM_CANCEL 0x02U

/* The routine is called again; the tester is told 0x78. */
#define DCM_E_PENDING 10U

/* Negative response codes of ISO 14229-1. */
typedef uint8 Dcm_NegativeResponseCodeType;
#define DCM_E_GENERALREJECT 0x10U
#define DCM_E_INCORRECTMESSAGELENGTHORINVALIDFORMAT 0x13U
#define DCM_E_BUSYREPEATREQUEST 0x21U
#define DCM_E_CONDITIONSNOTCORRECT 0x22U
#define DCM_E_REQUESTSEQUENCEERROR 0x24U
#define DCM_E_FAILUREPREVENTSEXECUTIONOFREQUESTEDACTION 0x26U
#define DCM_E_REQUESTOUTOFRANGE 0x31U
#define DCM_E_SECURITYACCESSDENIED 0x33U
#define DCM_E_GENERALPROGRAMMINGFAILURE 0x72U
#define DCM_E_WRONGBLOCKSEQUENCECOUNTER 0x73U

#endif /* DCM_H */
