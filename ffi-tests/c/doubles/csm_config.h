/* A configuration of Csm by hand: each service synchronous and asynchronous, keys and channels whose numbers differ from Csm's. */
#ifndef CSM_CONFIG_H
#define CSM_CONFIG_H

#include "Csm.h"

#define DOUBLE_SERVICES 18U
#define DOUBLE_SYNC(service) (service)
#define DOUBLE_ASYNC(service) (DOUBLE_SERVICES + (service))

/* Further asynchronous hashes, one half on each of two channels. */
#define DOUBLE_FIRST_CROWD (2U * DOUBLE_SERVICES)
#define DOUBLE_CROWD 16U
#define DOUBLE_JOBS (DOUBLE_FIRST_CROWD + DOUBLE_CROWD)

/* Services, in this order. */
#define DOUBLE_HASH 0U
#define DOUBLE_GENERATE 1U
#define DOUBLE_VERIFY 2U
#define DOUBLE_SIGN 3U
#define DOUBLE_CHECK 4U
#define DOUBLE_RANDOM 5U
#define DOUBLE_ENCRYPT 6U
#define DOUBLE_DECRYPT 7U
#define DOUBLE_SEAL 8U
#define DOUBLE_OPEN 9U
#define DOUBLE_CUSTOM 10U
#define DOUBLE_SET_VALID 11U
#define DOUBLE_SET_INVALID 12U
#define DOUBLE_SEED 13U
#define DOUBLE_KEY_GENERATE 14U
#define DOUBLE_DERIVE 15U
#define DOUBLE_PUBLIC_VALUE 16U
#define DOUBLE_SECRET 17U

/* CryIf keys of Csm's keys 0 and 1, and channels of its queues. */
#define DOUBLE_CRYIF_KEY_0 3U
#define DOUBLE_CRYIF_KEY_1 1U
#define DOUBLE_SYNC_CHANNEL 2U
#define DOUBLE_ASYNC_CHANNEL 0U
#define DOUBLE_CROWD_CHANNEL 1U

/* Places in the Csm queue of the asynchronous services. */
#define DOUBLE_QUEUE_SIZE 3U
#define DOUBLE_CROWD_QUEUE_SIZE 32U

void Double_JobFinished(uint32 jobId, Crypto_ResultType result);

#endif /* CSM_CONFIG_H */
