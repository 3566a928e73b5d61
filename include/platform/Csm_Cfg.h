/* Csm_Cfg.h
 *
 * Stands in when no generated Csm_Cfg.h comes first in include order: there are then no symbolic names.
 */
#ifndef CSM_CFG_H
#define CSM_CFG_H



#endif /* CSM_CFG_H */
