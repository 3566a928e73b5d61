/* A Crypto driver that is not ours: one driver object, signature verification, asynchronous. See docs/driver.md. */
#ifndef CRYPTO_77_OWN_H
#define CRYPTO_77_OWN_H

#include "Crypto_GeneralTypes.h"

/* CryIf's table refers to these seven. */
Std_ReturnType Crypto_77_Own_ProcessJob(uint32 objectId, Crypto_JobType *job);
Std_ReturnType Crypto_77_Own_CancelJob(uint32 objectId, Crypto_JobType *job);
Std_ReturnType Crypto_77_Own_KeyElementSet(uint32 cryptoKeyId, uint32 keyElementId, const uint8 *keyPtr, uint32 keyLength);
Std_ReturnType Crypto_77_Own_KeyElementGet(uint32 cryptoKeyId, uint32 keyElementId, uint8 *resultPtr, uint32 *resultLengthPtr);
Std_ReturnType Crypto_77_Own_KeySetValid(uint32 cryptoKeyId);
Std_ReturnType Crypto_77_Own_KeySetInvalid(uint32 cryptoKeyId);
Std_ReturnType Crypto_77_Own_KeyGetStatus(uint32 cryptoKeyId, Crypto_KeyStatusType *keyStatusPtr);

/* What this driver does not have: CryIf answers for it with E_NOT_OK. */
#define Crypto_77_Own_KeyElementCopy NULL_PTR
#define Crypto_77_Own_KeyElementCopyPartial NULL_PTR
#define Crypto_77_Own_KeyCopy NULL_PTR
#define Crypto_77_Own_RandomSeed NULL_PTR
#define Crypto_77_Own_KeyGenerate NULL_PTR
#define Crypto_77_Own_KeyDerive NULL_PTR
#define Crypto_77_Own_KeyExchangeCalcPubVal NULL_PTR
#define Crypto_77_Own_KeyExchangeCalcSecret NULL_PTR
#define Crypto_77_Own_CustomSync NULL_PTR

/* The integrator calls these two. */
void Crypto_77_Own_Init(void);
void Crypto_77_Own_MainFunction(void);

#endif /* CRYPTO_77_OWN_H */
