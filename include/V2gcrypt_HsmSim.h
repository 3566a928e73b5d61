/* V2gcrypt_HsmSim.h
 *
 * A simulated HSM in the process of its host, in libv2gcrypt_host.a.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef V2GCRYPT_HSMSIM_H
#define V2GCRYPT_HSMSIM_H

#include "V2gcrypt_CryptoHsm.h"

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/**
 * Starts the process's simulator, before the `Init` of the driver. A second call does nothing.
 *
 * `flashFile` is what its flash is kept in, or `NULL_PTR`. A new one is in the factory state. `E_NOT_OK`: the file is not to be used.
 */
Std_ReturnType V2gcrypt_HsmSim_Start(const char *flashFile);

/**
 * Power off: its threads end, its flash stays. For the end of a program.
 */
void V2gcrypt_HsmSim_Stop(void);

/**
 * Power off and on again.
 */
void V2gcrypt_HsmSim_Restart(void);

/**
 * Waits until the HSM rings a channel, or so many microseconds; tells the channels that have rung, as bits.
 */
uint32 V2gcrypt_HsmSim_WaitForBell(uint32 channels, uint32 microseconds);

#ifdef __cplusplus
}  // extern "C"
#endif  /* __cplusplus */

/* The transport of the simulator that V2gcrypt_HsmSim_Start has started; without functions before. A configuration refers to it where its
 * V2gcryptHsmTransport names it, or when its C files are compiled with -DCryptoHsm_Transport_<infix>=V2gcrypt_HsmSim_Transport. */
extern const CryptoHsm_TransportType V2gcrypt_HsmSim_Transport;

#endif /* V2GCRYPT_HSMSIM_H */
