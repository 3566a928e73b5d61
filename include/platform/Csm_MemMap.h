/* Csm_MemMap.h
 *
 * Memory sections of Csm: nothing is mapped here. An integrator's own file wins by include order. It is included more than
 * once on purpose, so it has no guard.
 */
#undef CSM_START_SEC_CODE
#undef CSM_STOP_SEC_CODE
#undef CSM_START_SEC_CONST_UNSPECIFIED
#undef CSM_STOP_SEC_CONST_UNSPECIFIED
#undef CSM_START_SEC_VAR_CLEARED_UNSPECIFIED
#undef CSM_STOP_SEC_VAR_CLEARED_UNSPECIFIED
#undef CSM_START_SEC_CONST_8
#undef CSM_STOP_SEC_CONST_8
#undef CSM_START_SEC_CONST_32
#undef CSM_STOP_SEC_CONST_32
#undef CSM_START_SEC_VAR_CLEARED_8
#undef CSM_STOP_SEC_VAR_CLEARED_8
#undef CSM_START_SEC_VAR_CLEARED_32
#undef CSM_STOP_SEC_VAR_CLEARED_32
#undef CSM_START_SEC_VAR_INIT_UNSPECIFIED
#undef CSM_STOP_SEC_VAR_INIT_UNSPECIFIED
