/* The names of services.arxml, whichever of its two forms is compiled in. */
#ifndef NAMES_H
#define NAMES_H

#ifdef NAMES_RENAMED
#include "names_renamed.h"
#else
#include "Crypto.h"
#endif
#include "CryIf.h"
#include "Csm.h"

#endif /* NAMES_H */
