/* The folder that NvM and the device key of a host live in: $V2GCRYPT_NV_DIR, or ./nvm. */
#include "host_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *Folder(void)
{
    const char *const named = getenv("V2GCRYPT_NV_DIR");
    return ((named != NULL) && (named[0] != '\0')) ? named : "nvm";
}

boolean Host_Path(const char *name, char path[HOST_PATH_MAX])
{
    const int length = snprintf(path, HOST_PATH_MAX, "%s/%s", Folder(), name);
    if ((length < 0) || ((size_t)length >= HOST_PATH_MAX))
    {
        return FALSE;
    }
    return ((mkdir(Folder(), S_IRWXU) == 0) || (errno == EEXIST)) ? TRUE : FALSE;
}

boolean Host_SyncFolder(void)
{
    const int folder = open(Folder(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const boolean synced = ((folder >= 0) && (fsync(folder) == 0)) ? TRUE : FALSE;
    if (folder >= 0)
    {
        (void)close(folder);
    }
    return synced;
}
