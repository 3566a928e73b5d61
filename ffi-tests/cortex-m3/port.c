/* The demo's platform on the board. */
#include "board.h"
#include "demo_port.h"

void Demo_Print(const char *text)
{
    Board_Print(text);
}

uint32 Demo_Micros(void)
{
    return Board_Ticks() / BOARD_TICKS_PER_MICRO;
}
