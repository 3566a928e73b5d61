/* NvM on a host: each data set of each block is a file. Requests are done when their call returns, in flash (fsync) if they
 * write; a main function is not needed. */
#include "NvM_Host.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "host_files.h"

#define BLOCKS 256U
/* A file is written page by page, as flash is. */
#define PAGE 64U

typedef struct
{
    uint8 dataIndex;
    NvM_RequestResultType result;
} StateType;

static pthread_mutex_t Lock = PTHREAD_MUTEX_INITIALIZER;
static StateType States[BLOCKS];

/* The index of a block in both tables; BLOCKS if there is none. */
static uint32 Find(NvM_BlockIdType id)
{
    uint32 i;
    for (i = 0U; (i < NvM_HostBlockCount) && (i < BLOCKS); i++)
    {
        if (NvM_HostBlocks[i].blockId == id)
        {
            return i;
        }
    }
    return BLOCKS;
}

/* Below 0, errno tells why; ENOENT only if there is no such file. */
static int Open(uint32 block, int flags)
{
    char name[32];
    char path[HOST_PATH_MAX];
    (void)snprintf(name, sizeof(name), "block_%04x_%u", (unsigned)NvM_HostBlocks[block].blockId, (unsigned)States[block].dataIndex);
    if (Host_Path(name, path) == FALSE)
    {
        errno = EIO; /* the folder, not the file */
        return -1;
    }
    return open(path, flags | O_CLOEXEC, S_IRUSR | S_IWUSR);
}

/* What is missing at the end reads as erased. */
static NvM_RequestResultType Read(uint32 block, uint8 *to)
{
    const uint32 length = NvM_HostBlocks[block].length;
    const int file = Open(block, O_RDONLY);
    uint32 done = 0U;
    ssize_t got = 1;
    if (file < 0)
    {
        /* Whatever else failed may pass: what was never written would be written over, and it may be the newest copy. */
        return (errno == ENOENT) ? NVM_REQ_NV_INVALIDATED : NVM_REQ_NOT_OK;
    }
    (void)memset(to, 0xFF, length);
    while ((done < length) && (got > 0))
    {
        got = pread(file, &to[done], length - done, (off_t)done);
        done += (got > 0) ? (uint32)got : 0U;
    }
    (void)close(file);
    return (got < 0) ? NVM_REQ_NOT_OK : NVM_REQ_OK;
}

static NvM_RequestResultType Write(uint32 block, const uint8 *from)
{
    const uint32 length = NvM_HostBlocks[block].length;
    const int there = Open(block, O_WRONLY);
    const int file = ((there >= 0) || (errno != ENOENT)) ? there : Open(block, O_WRONLY | O_CREAT);
    boolean written = (file >= 0) ? TRUE : FALSE;
    uint32 done = 0U;
    while ((written == TRUE) && (done < length))
    {
        const uint32 left = length - done;
        const ssize_t put = pwrite(file, &from[done], (left < PAGE) ? left : PAGE, (off_t)done);
        written = (put > 0) ? TRUE : FALSE;
        done += (put > 0) ? (uint32)put : 0U;
    }
    if (file >= 0)
    {
        written = ((fsync(file) == 0) && (written == TRUE)) ? TRUE : FALSE;
        (void)close(file);
    }
    if ((there < 0) && (written == TRUE))
    {
        written = Host_SyncFolder();
    }
    return (written == TRUE) ? NVM_REQ_OK : NVM_REQ_NOT_OK;
}

static NvM_RequestResultType ReadOver(uint32 block, Std_ReturnType (*readFrom)(const void *))
{
    uint8 *const buffer = (uint8 *)malloc(NvM_HostBlocks[block].length);
    NvM_RequestResultType result = NVM_REQ_NOT_OK;
    if (buffer != NULL)
    {
        result = Read(block, buffer);
        if ((result == NVM_REQ_OK) && (readFrom(buffer) != E_OK))
        {
            result = NVM_REQ_NOT_OK;
        }
        free(buffer);
    }
    return result;
}

static NvM_RequestResultType WriteOver(uint32 block, Std_ReturnType (*writeTo)(void *))
{
    uint8 *const buffer = (uint8 *)malloc(NvM_HostBlocks[block].length);
    NvM_RequestResultType result = NVM_REQ_NOT_OK;
    if (buffer != NULL)
    {
        if (writeTo(buffer) == E_OK)
        {
            result = Write(block, buffer);
        }
        free(buffer);
    }
    return result;
}

Std_ReturnType NvM_SetDataIndex(NvM_BlockIdType BlockId, uint8 DataIndex)
{
    const uint32 block = Find(BlockId);
    if (block >= BLOCKS)
    {
        return E_NOT_OK;
    }
    (void)pthread_mutex_lock(&Lock);
    States[block].dataIndex = DataIndex;
    (void)pthread_mutex_unlock(&Lock);
    return E_OK;
}

Std_ReturnType NvM_ReadBlock(NvM_BlockIdType BlockId, void *NvM_DstPtr)
{
    const uint32 block = Find(BlockId);
    if ((block >= BLOCKS) || ((NvM_DstPtr == NULL) && (NvM_HostBlocks[block].readFrom == NULL)))
    {
        return E_NOT_OK;
    }
    (void)pthread_mutex_lock(&Lock);
    States[block].result =
        (NvM_DstPtr != NULL) ? Read(block, (uint8 *)NvM_DstPtr) : ReadOver(block, NvM_HostBlocks[block].readFrom);
    (void)pthread_mutex_unlock(&Lock);
    return E_OK;
}

Std_ReturnType NvM_WriteBlock(NvM_BlockIdType BlockId, const void *NvM_SrcPtr)
{
    const uint32 block = Find(BlockId);
    if ((block >= BLOCKS) || ((NvM_SrcPtr == NULL) && (NvM_HostBlocks[block].writeTo == NULL)))
    {
        return E_NOT_OK;
    }
    (void)pthread_mutex_lock(&Lock);
    States[block].result =
        (NvM_SrcPtr != NULL) ? Write(block, (const uint8 *)NvM_SrcPtr) : WriteOver(block, NvM_HostBlocks[block].writeTo);
    (void)pthread_mutex_unlock(&Lock);
    return E_OK;
}

Std_ReturnType NvM_GetErrorStatus(NvM_BlockIdType BlockId, NvM_RequestResultType *RequestResultPtr)
{
    const uint32 block = Find(BlockId);
    if ((block >= BLOCKS) || (RequestResultPtr == NULL))
    {
        return E_NOT_OK;
    }
    (void)pthread_mutex_lock(&Lock);
    *RequestResultPtr = States[block].result;
    (void)pthread_mutex_unlock(&Lock);
    return E_OK;
}
