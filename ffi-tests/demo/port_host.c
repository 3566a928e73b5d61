/* The demo's platform on a host. */
#include <stdio.h>
#include <time.h>

#include "demo_port.h"

void Demo_Print(const char *text)
{
    (void)fputs(text, stdout);
}

uint32 Demo_Micros(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return ((uint32)now.tv_sec * 1000000U) + (uint32)(now.tv_nsec / 1000);
}
