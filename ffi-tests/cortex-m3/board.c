/* Start-up, semihosting, a timer and a painted stack for QEMU's mps2-an385. */
#include "board.h"

#define SEMIHOSTING_WRITE0 0x04U
#define SEMIHOSTING_EXIT_EXTENDED 0x20U
#define STOPPED_APPLICATION_EXIT 0x20026U

#define STACK_COLOUR 0xC5C5C5C5U
/* Below the stack pointer, what the painting function itself may use. */
#define OWN_FRAME 64U

/* CMSDK timer 0, counting down from its reload value. */
#define TIMER0_CTRL (*(volatile uint32 *)0x40000000U)
#define TIMER0_VALUE (*(volatile uint32 *)0x40000004U)
#define TIMER0_RELOAD (*(volatile uint32 *)0x40000008U)

extern uint32 _data_start[], _data_end[], _bss_start[], _bss_end[], _stack_bottom[], _stack_top[];
extern const uint32 _data_load[];

extern int main(void);
void Reset_Handler(void);
void Fault_Handler(void);

static uint32 *PaintedFrom;

static uint32 Semihosting(uint32 operation, const void *argument)
{
    register uint32 r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void Board_Print(const char *text)
{
    (void)Semihosting(SEMIHOSTING_WRITE0, text);
}

void Board_PrintNumber(uint32 value)
{
    char text[11];
    uint32 at = sizeof(text) - 1U;
    uint32 left = value;
    text[at] = '\0';
    do
    {
        at--;
        text[at] = (char)('0' + (char)(left % 10U));
        left /= 10U;
    } while (left != 0U);
    Board_Print(&text[at]);
}

void Board_Exit(uint32 code)
{
    const uint32 reason[2] = {STOPPED_APPLICATION_EXIT, code};
    (void)Semihosting(SEMIHOSTING_EXIT_EXTENDED, reason);
    for (;;)
    {
    }
}

uint32 Board_Ticks(void)
{
    return 0xFFFFFFFFU - TIMER0_VALUE;
}

void Board_StackPaint(void)
{
    uint32 here;
    uint32 *word;
    __asm__ volatile("mov %0, sp" : "=r"(here));
    PaintedFrom = (uint32 *)(here - OWN_FRAME);
    for (word = _stack_bottom; word < PaintedFrom; word++)
    {
        *word = STACK_COLOUR;
    }
}

uint32 Board_StackPeak(void)
{
    const uint32 *word = _stack_bottom;
    while ((word < PaintedFrom) && (*word == STACK_COLOUR))
    {
        word++;
    }
    return (uint32)((const uint8 *)PaintedFrom - (const uint8 *)word) + OWN_FRAME;
}

void Reset_Handler(void)
{
    const uint32 *from = _data_load;
    uint32 *to;
    uint32 code;
    for (to = _data_start; to < _data_end; to++)
    {
        *to = *from;
        from++;
    }
    for (to = _bss_start; to < _bss_end; to++)
    {
        *to = 0U;
    }
    TIMER0_RELOAD = 0xFFFFFFFFU;
    TIMER0_VALUE = 0xFFFFFFFFU;
    TIMER0_CTRL = 1U;
    Board_StackPaint();
    code = (uint32)main();
    Board_Print("stack peak: ");
    Board_PrintNumber(Board_StackPeak());
    Board_Print(" bytes\n");
    Board_Exit(code);
}

void Fault_Handler(void)
{
    Board_Print("FAILED: a fault of the processor\n");
    Board_Exit(3U);
}

typedef void (*Vector)(void);

__attribute__((section(".vectors"), used)) static const struct
{
    const uint32 *stack;
    Vector handlers[15];
} Vectors = {
    _stack_top,
    {Reset_Handler, Fault_Handler, Fault_Handler, Fault_Handler, Fault_Handler, Fault_Handler},
};
