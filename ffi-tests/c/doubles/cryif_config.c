/* A configuration of CryIf by hand. */
#include "cryif_config.h"

#include "V2gcrypt_Abi.h"

static const CryIf_ChannelConfigType Channels[DOUBLE_CHANNELS] = {
    {&Double_Drivers[0], DOUBLE_OBJECT(0U)},
    {&Double_Drivers[0], DOUBLE_OBJECT(1U)},
    {&Double_Drivers[0], DOUBLE_OBJECT(2U)},
    {&Double_Drivers[1], DOUBLE_OBJECT(3U)},
};

static const CryIf_KeyConfigType Keys[DOUBLE_KEYS] = {
    {&Double_Drivers[0], DOUBLE_KEY(0U)}, {&Double_Drivers[0], DOUBLE_KEY(1U)}, {&Double_Drivers[0], DOUBLE_KEY(2U)},
    {&Double_Drivers[0], DOUBLE_KEY(3U)}, {&Double_Drivers[1], DOUBLE_KEY(4U)},
};

const CryIf_ConfigType CryIf_Config = {
    V2GCRYPT_CONFIG_MAGIC,
    (uint32)sizeof(CryIf_ConfigType),
    (uint32)sizeof(CryIf_DriverType),
    DOUBLE_CHANNELS,
    DOUBLE_KEYS,
    Channels,
    Keys,
    TRUE,
    &V2GCRYPT_ABI_SYMBOL,
};
