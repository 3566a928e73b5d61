/* Exclusive areas of a program with one thread: counted, not locked. */
#ifndef AREAS_H
#define AREAS_H

/* From now on every report, callback and call for entropy must come outside of all areas. */
void Areas_Watch(void);

/* Checks that each area was left as often as it was entered. */
void Areas_End(void);

#endif /* AREAS_H */
