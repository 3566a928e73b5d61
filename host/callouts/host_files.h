/* The folder that NvM and the device key of a host live in. */
#ifndef HOST_FILES_H
#define HOST_FILES_H

#include "Std_Types.h"

#define HOST_PATH_MAX 1024U

/* Writes the path of a file in the folder, which is made if it is not there. FALSE: there is none. */
boolean Host_Path(const char *name, char path[HOST_PATH_MAX]);

/* The folder's entries outlive a power cut. */
boolean Host_SyncFolder(void);

#endif /* HOST_FILES_H */
