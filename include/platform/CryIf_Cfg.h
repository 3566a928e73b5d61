/* CryIf_Cfg.h
 *
 * Stands in when no generated CryIf_Cfg.h comes first in include order: there are then no symbolic names.
 */
#ifndef CRYIF_CFG_H
#define CRYIF_CFG_H



#endif /* CRYIF_CFG_H */
