/* Compiler.h
 *
 * An integrator's own file wins by include order.
 */
#ifndef COMPILER_H
#define COMPILER_H

#ifndef NULL_PTR
#ifdef __cplusplus
#define NULL_PTR nullptr
#else
#define NULL_PTR ((void *)0)
#endif
#endif

#endif /* COMPILER_H */
