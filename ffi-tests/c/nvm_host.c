/* NvM of a host, when the system does not open its files: what was never written is told from what cannot be read now. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "CryIf_Cbk.h"
#include "NvM_Host.h"
#include "support.h"

#define BLOCK 7U
#define LENGTH 16U

const NvM_HostBlockType NvM_HostBlocks[] = {{BLOCK, LENGTH, NULL_PTR, NULL_PTR}};
const uint32 NvM_HostBlockCount = 1U;

static uint8 Buffer[LENGTH];

static NvM_RequestResultType Status(void)
{
    NvM_RequestResultType result = NVM_REQ_PENDING;
    CHECK_CODE(E_OK, NvM_GetErrorStatus(BLOCK, &result));
    return result;
}

static NvM_RequestResultType Read(uint8 dataSet)
{
    Test_Fill(Buffer, 0xA5U, LENGTH);
    CHECK_CODE(E_OK, NvM_SetDataIndex(BLOCK, dataSet));
    CHECK_CODE(E_OK, NvM_ReadBlock(BLOCK, Buffer));
    return Status();
}

/* Not read, and nothing is known of it. */
static void ExpectFailure(const char *why)
{
    Test_About(why);
    CHECK_CODE(NVM_REQ_NOT_OK, Read(0U));
    CHECK(Test_IsFilled(Buffer, 0xA5U, LENGTH));
}

static void ExpectValue(uint8 value)
{
    CHECK_CODE(NVM_REQ_OK, Read(0U));
    CHECK(Test_IsFilled(Buffer, value, LENGTH));
}

static void UseFolder(const char *name)
{
    CHECK(setenv("V2GCRYPT_NV_DIR", name, 1) == 0);
}

/* The folder of the first argument is there and empty. */
int main(int argc, char **argv)
{
    char path[600];
    char folder[512];
    char longest[6000];
    struct rlimit all;
    struct rlimit none;
    if (argc != 2)
    {
        return 2;
    }
    (void)snprintf(folder, sizeof(folder), "%s/nvm", argv[1]);
    UseFolder(folder);

    Test_About("never written");
    CHECK_CODE(NVM_REQ_NV_INVALIDATED, Read(0U));
    CHECK(Test_IsFilled(Buffer, 0xA5U, LENGTH));

    Test_About("written");
    Test_Fill(Buffer, 0x11U, LENGTH);
    CHECK_CODE(E_OK, NvM_WriteBlock(BLOCK, Buffer));
    CHECK_CODE(NVM_REQ_OK, Status());
    ExpectValue(0x11U);
    CHECK_CODE(NVM_REQ_NV_INVALIDATED, Read(1U));

    /* EMFILE, of which a process recovers. */
    CHECK(getrlimit(RLIMIT_NOFILE, &all) == 0);
    none = all;
    none.rlim_cur = 0U;
    CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
    ExpectFailure("no file can be opened");
    CHECK(setrlimit(RLIMIT_NOFILE, &all) == 0);
    ExpectValue(0x11U);

    /* ENOTDIR */
    (void)snprintf(path, sizeof(path), "%s/block_0007_0", folder);
    UseFolder(path);
    ExpectFailure("the folder is a file");

    /* No path at all: mkdir with ENOENT, and one that is too long. */
    (void)snprintf(path, sizeof(path), "%s/absent/nvm", argv[1]);
    UseFolder(path);
    ExpectFailure("the folder cannot be made");
    (void)memset(longest, (int)'x', sizeof(longest) - 1U);
    longest[sizeof(longest) - 1U] = '\0';
    UseFolder(longest);
    ExpectFailure("the name is too long");

    /* ELOOP, for superusers whom no access right stops; EACCES for others. */
    UseFolder(folder);
    (void)snprintf(path, sizeof(path), "%s/block_0007_0", folder);
    if (geteuid() != 0)
    {
        CHECK(chmod(path, 0) == 0);
        ExpectFailure("nobody may read");
        CHECK(chmod(path, S_IRUSR | S_IWUSR) == 0);
    }
    ExpectValue(0x11U);
    CHECK(unlink(path) == 0);
    CHECK(symlink("block_0007_0", path) == 0);
    ExpectFailure("a link to itself");
    CHECK(unlink(path) == 0);
    CHECK_CODE(NVM_REQ_NV_INVALIDATED, Read(0U));
    return Test_End("nvm_host");
}

void CryIf_CallbackNotification(Crypto_JobType *job, Crypto_ResultType result)
{
    (void)job;
    (void)result;
}
