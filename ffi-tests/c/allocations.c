/* Counts what is allocated while all services run, by functions of its own in front of glibc's. */
#include <stdio.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

/* The whole program is compiled with -Dmain=Services_Main: the name stands for the main function of services.c. */
#undef main
int Services_Main(void);

static unsigned long Allocations;

void *malloc(size_t size)
{
    Allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    Allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    Allocations++;
    return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size);
void *aligned_alloc(size_t alignment, size_t size)
{
    Allocations++;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    Allocations++;
    *block = __libc_memalign(alignment, size);
    return (*block == NULL) ? 12 : 0;
}

int main(void)
{
    static char buffer[BUFSIZ];
    unsigned long before;
    unsigned long after;
    void *(*volatile allocate)(size_t) = &malloc; /* a compiler leaves out what it can see through */
    int result;
    (void)setvbuf(stdout, buffer, _IOFBF, sizeof(buffer)); /* or printf allocates it */
    before = Allocations;
    free(allocate(1U));
    if (Allocations == before)
    {
        (void)printf("allocations are not counted\n");
        return 1;
    }
    before = Allocations;
    result = Services_Main();
    after = Allocations;
    (void)printf("allocations: %lu\n", after - before);
    return ((result == 0) && (after == before)) ? 0 : 1;
}
