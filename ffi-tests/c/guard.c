/* Buffers that end, or begin, at a page that nobody may touch. */
#include "guard.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "support.h"

static uint8 *Pages[GUARD_PAGES];
static uint32 PageSize;
static boolean Front;

void Guard_Init(boolean front)
{
    uint32 i;
    PageSize = (uint32)sysconf(_SC_PAGESIZE);
    Front = front;
    for (i = 0U; i < (uint32)GUARD_PAGES; i++)
    {
        /* A private mapping of a file of zeros: MAP_ANONYMOUS is not in POSIX. */
        FILE *zeros = tmpfile();
        uint8 *area = MAP_FAILED;
        if ((zeros != NULL) && (ftruncate(fileno(zeros), (off_t)(3U * PageSize)) == 0))
        {
            area = mmap(NULL, (size_t)3U * PageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE, fileno(zeros), 0);
        }
        if ((area == MAP_FAILED) || (mprotect(area, PageSize, PROT_NONE) != 0) ||
            (mprotect(&area[2U * PageSize], PageSize, PROT_NONE) != 0))
        {
            perror("guard pages");
            exit(2);
        }
        (void)fclose(zeros);
        Pages[i] = &area[PageSize];
        Guard_Reset((Guard_PageType)i);
    }
}

uint8 *Guard_Buffer(Guard_PageType page, uint32 length)
{
    return (Front == TRUE) ? Pages[page] : &Pages[page][PageSize - length];
}

const uint8 *Guard_Input(Guard_PageType page, const uint8 *bytes, uint32 length)
{
    uint8 *buffer = Guard_Buffer(page, length);
    Test_Copy(buffer, bytes, length);
    return buffer;
}

void Guard_Reset(Guard_PageType page)
{
    Test_Fill(Pages[page], GUARD_CANARY, PageSize);
}

boolean Guard_IsIntact(Guard_PageType page, const uint8 *except, uint32 length)
{
    uint32 i;
    for (i = 0U; i < PageSize; i++)
    {
        const uint8 *at = &Pages[page][i];
        const boolean excepted = ((length != 0U) && (at >= except) && (at < &except[length])) ? TRUE : FALSE;
        if ((excepted == FALSE) && (*at != GUARD_CANARY))
        {
            return FALSE;
        }
    }
    return TRUE;
}
