/* KeyM_Cfg.h
 *
 * Stands in when no generated KeyM_Cfg.h comes first in include order: there are then no symbolic names.
 */
#ifndef KEYM_CFG_H
#define KEYM_CFG_H



#endif /* KEYM_CFG_H */
