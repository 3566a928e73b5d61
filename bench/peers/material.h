#ifndef MATERIAL_H
#define MATERIAL_H

#include "peer.h"

extern const struct material MATERIAL;

#endif
