/* What newlib's printf needs of a board. Its buffer is never freed, so its heap only grows. */
#include <stddef.h>
#include <sys/stat.h>

#include "board.h"

#define HEAP_SIZE 4096

int _write(int file, const char *text, int length);
void *_sbrk(ptrdiff_t more);
int _close(int file);
int _fstat(int file, struct stat *status);
int _isatty(int file);
int _lseek(int file, int offset, int from);
int _read(int file, char *to, int length);

int _write(int file, const char *text, int length)
{
    char piece[65];
    int at = 0;
    (void)file;
    while (at < length)
    {
        size_t in_piece = 0U;
        while ((at < length) && (in_piece < (sizeof(piece) - 1U)))
        {
            piece[in_piece] = text[at];
            in_piece++;
            at++;
        }
        piece[in_piece] = '\0';
        Board_Print(piece);
    }
    return length;
}

void *_sbrk(ptrdiff_t more)
{
    static char heap[HEAP_SIZE] __attribute__((aligned(8)));
    static ptrdiff_t used;
    char *const start = &heap[used];
    if ((more < 0) || (more > (HEAP_SIZE - used)))
    {
        return (void *)-1;
    }
    used += more;
    return start;
}

int _close(int file)
{
    (void)file;
    return -1;
}

int _fstat(int file, struct stat *status)
{
    (void)file;
    status->st_mode = S_IFCHR;
    return 0;
}

int _isatty(int file)
{
    (void)file;
    return 1;
}

int _lseek(int file, int offset, int from)
{
    (void)file;
    (void)offset;
    (void)from;
    return 0;
}

int _read(int file, char *to, int length)
{
    (void)file;
    (void)to;
    (void)length;
    return 0;
}
