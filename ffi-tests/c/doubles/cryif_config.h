/* A configuration of CryIf by hand, over two drivers in C that a test defines. */
#ifndef CRYIF_CONFIG_H
#define CRYIF_CONFIG_H

#include "CryIf.h"

/* Channel n leads to object (10 + n) of driver 0, but channel 3 to one of driver 1; key n is key (20 + n) of driver 0, but key
 * 4 one of driver 1. */
#define DOUBLE_CHANNELS 4U
#define DOUBLE_KEYS 5U
#define DOUBLE_OBJECT(channel) (10U + (channel))
#define DOUBLE_KEY(key) (20U + (key))

/* The drivers. */
extern const CryIf_DriverType Double_Drivers[2];

#endif /* CRYIF_CONFIG_H */
