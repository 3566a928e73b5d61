/* Messages, keys and results that are known from elsewhere. */
#ifndef VECTORS_H
#define VECTORS_H

#include "Std_Types.h"

extern const uint8 Vector_Message[40];
extern const uint8 Vector_Sha1[20];
extern const uint8 Vector_Sha224[28];
extern const uint8 Vector_Sha256[32];
extern const uint8 Vector_Sha384[48];
extern const uint8 Vector_Sha512[64];
extern const uint8 Vector_Sha512_224[28];
extern const uint8 Vector_Sha512_256[32];
extern const uint8 Vector_EmptySha1[20];
extern const uint8 Vector_EmptySha224[28];
extern const uint8 Vector_EmptySha256[32];
extern const uint8 Vector_EmptySha384[48];
extern const uint8 Vector_EmptySha512[64];
extern const uint8 Vector_EmptySha512_224[28];
extern const uint8 Vector_EmptySha512_256[32];
extern const uint8 Vector_HmacKey[40];
extern const uint8 Vector_Hmac256[32];
extern const uint8 Vector_EmptyHmac256[32];
extern const uint8 Vector_Hmac384[48];
extern const uint8 Vector_EmptyHmac384[48];
extern const uint8 Vector_Hmac512[64];
extern const uint8 Vector_EmptyHmac512[64];
extern const uint8 Vector_Cmac128Key[16];
extern const uint8 Vector_Cmac128[16];
extern const uint8 Vector_EmptyCmac128[16];
extern const uint8 Vector_Cmac256Key[32];
extern const uint8 Vector_Cmac256[16];
extern const uint8 Vector_EmptyCmac256[16];
extern const uint8 Vector_PrivateKey[32];
extern const uint8 Vector_PublicKey[65];
extern const uint8 Vector_Sample[6];
extern const uint8 Vector_SampleSignature[64];

#endif /* VECTORS_H */
