/* NvM.h
 *
 * What the soft Crypto driver uses of NvM. An integrator's own file wins by include order.
 */
#ifndef NVM_H
#define NVM_H

#include "Std_Types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef uint16 NvM_BlockIdType;

typedef uint8 NvM_RequestResultType;
#define NVM_REQ_OK 0U
#define NVM_REQ_NOT_OK 1U
#define NVM_REQ_PENDING 2U
#define NVM_REQ_INTEGRITY_FAILED 3U
#define NVM_REQ_BLOCK_SKIPPED 4U
#define NVM_REQ_NV_INVALIDATED 5U
#define NVM_REQ_CANCELED 6U
#define NVM_REQ_REDUNDANCY_FAILED 7U
#define NVM_REQ_RESTORED_FROM_ROM 8U

Std_ReturnType NvM_SetDataIndex(NvM_BlockIdType BlockId, uint8 DataIndex);
Std_ReturnType NvM_ReadBlock(NvM_BlockIdType BlockId, void *NvM_DstPtr);
Std_ReturnType NvM_WriteBlock(NvM_BlockIdType BlockId, const void *NvM_SrcPtr);
Std_ReturnType NvM_GetErrorStatus(NvM_BlockIdType BlockId, NvM_RequestResultType *RequestResultPtr);

#ifdef __cplusplus
}
#endif

#endif /* NVM_H */
