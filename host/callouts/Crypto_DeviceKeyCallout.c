/* Device key on a host: the file device.key beside NvM's blocks, readable by its owner only, made from the system's generator at
 * first use. Whoever reads the file reads the keys: a product takes its device key from where flash readers do not get. */
#include "Crypto_Externals.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "host_files.h"

#define LENGTH 32U

static pthread_mutex_t Lock = PTHREAD_MUTEX_INITIALIZER;

static boolean Load(const char *path, uint8 *key)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t got = (file >= 0) ? read(file, key, LENGTH) : -1;
    if (file >= 0)
    {
        (void)close(file);
    }
    return (got == (ssize_t)LENGTH) ? TRUE : FALSE;
}

/* The file gets its name when it is whole, and only if nobody else has made it meanwhile. */
static boolean Make(const char *path, uint8 *key)
{
    char name[64];
    char draft[HOST_PATH_MAX];
    boolean made = FALSE;
    int file;
    (void)snprintf(name, sizeof(name), "device.key.%ld", (long)getpid());
    if ((Host_Path(name, draft) == FALSE) || (Crypto_EntropyCallout(key, LENGTH) != E_OK))
    {
        return FALSE;
    }
    (void)unlink(draft);
    file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0)
    {
        made = ((write(file, key, LENGTH) == (ssize_t)LENGTH) && (fsync(file) == 0)) ? TRUE : FALSE;
        (void)close(file);
        made = ((made == TRUE) && ((link(draft, path) == 0) || (errno == EEXIST))) ? TRUE : FALSE;
        (void)unlink(draft);
    }
    return ((made == TRUE) && (Host_SyncFolder() == TRUE)) ? Load(path, key) : FALSE;
}

Std_ReturnType Crypto_DeviceKeyCallout(uint8 *keyPtr, uint32 keyLength)
{
    char path[HOST_PATH_MAX];
    boolean loaded = FALSE;
    if ((keyLength != LENGTH) || (Host_Path("device.key", path) == FALSE))
    {
        return E_NOT_OK;
    }
    (void)pthread_mutex_lock(&Lock);
    /* A file that is there but not whole is not replaced: all keys are lost with it, and that is for somebody to decide. */
    loaded = (access(path, F_OK) == 0) ? Load(path, keyPtr) : Make(path, keyPtr);
    (void)pthread_mutex_unlock(&Lock);
    return (loaded == TRUE) ? E_OK : E_NOT_OK;
}
