/* StbM.h
 *
 * What KeyM uses of StbM. An integrator's own file wins by include order.
 * 
 * Releases differ: until R19-11 StbM_GetCurrentTime takes a StbM_TimeStampType, then a StbM_TimeTupleType.
 * V2gcryptKeyMStbMTimeStamp of KeyMGeneral selects; define V2GCRYPT_STBM_TIME_STAMP to have the former here.
 */
#ifndef STBM_H
#define STBM_H

#include "Std_Types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef uint16 StbM_SynchronizedTimeBaseType;

/* Bits of a time base's status. */
typedef uint8 StbM_TimeBaseStatusType;
#define STBM_STATUS_TIMEOUT 0x01U
#define STBM_STATUS_SYNC_TO_GATEWAY 0x04U
#define STBM_STATUS_GLOBAL_TIME_BASE 0x08U

/* Time since 1970-01-01T00:00:00Z. */
typedef struct
{
    StbM_TimeBaseStatusType timeBaseStatus;
    uint32 nanoseconds;
    uint32 seconds;
    uint16 secondsHi;
} StbM_TimeStampType;

typedef struct
{
    uint32 nanosecondsLo;
    uint32 nanosecondsHi;
} StbM_VirtualLocalTimeType;

typedef struct
{
    StbM_TimeStampType globalTime;
    StbM_VirtualLocalTimeType virtualLocalTime;
} StbM_TimeTupleType;

typedef struct
{
    uint8 userDataLength;
    uint8 userByte0;
    uint8 userByte1;
    uint8 userByte2;
} StbM_UserDataType;

#if defined(V2GCRYPT_STBM_TIME_STAMP)
Std_ReturnType StbM_GetCurrentTime(StbM_SynchronizedTimeBaseType timeBaseId, StbM_TimeStampType *timeStamp, StbM_UserDataType *userData);
#else
Std_ReturnType StbM_GetCurrentTime(StbM_SynchronizedTimeBaseType timeBaseId, StbM_TimeTupleType *timeTuple, StbM_UserDataType *userData);
#endif

#ifdef __cplusplus
}
#endif

#endif /* STBM_H */
