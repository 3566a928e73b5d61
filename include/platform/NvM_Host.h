/* NvM_Host.h
 *
 * Blocks of the NvM that libv2gcrypt_host.a has for a host without one: files in the folder that the environment variable
 * V2GCRYPT_NV_DIR names, or in ./nvm. Generated, as NvM_Host_Cfg.c.
 */
#ifndef NVM_HOST_H
#define NVM_HOST_H

#include "NvM.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct
{
    NvM_BlockIdType blockId;
    /* NvMNvBlockLength, in bytes. */
    uint32 length;
    /* Explicit synchronisation; NULL_PTR without. */
    Std_ReturnType (*readFrom)(const void *NvMBuffer);
    Std_ReturnType (*writeTo)(void *NvMBuffer);
} NvM_HostBlockType;

extern const NvM_HostBlockType NvM_HostBlocks[];
/* At most 256. */
extern const uint32 NvM_HostBlockCount;

#ifdef __cplusplus
}
#endif

#endif /* NVM_HOST_H */
