/* A software component that verifies certificates, as the basic software around it sees it. */
#ifndef KEYM_SWC_H
#define KEYM_SWC_H

#include "Rte_KeyM_Type.h"

/* The certificate of a provisioning service, and those above it. */
void Swc_Give(KeyM_CertDataType leaf, const KeyM_CertDataType *above, uint8 count);
/* Periodic. */
void Swc_Run(void);
boolean Swc_IsDone(void);

#endif /* KEYM_SWC_H */
