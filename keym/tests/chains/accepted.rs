//! What is valid.

use super::pki::{roles, Pki};
use v2gcrypt_keym::profile::{Level, Profile, Role};

#[test]
fn a_chain_of_every_role_and_edition_is_accepted() {
    let mut count = 0;
    for profile in Profile::ALL {
        for role in roles(profile) {
            let pki = Pki::new(profile, role);
            pki.check(|run| {
                let chain = run.result.unwrap_or_else(|refusals| panic!("{profile:?} {role:?}:\n{refusals}"));
                assert_eq!(run.work.signatures, 3);
                assert_eq!((chain.profile(), chain.role()), (profile, role));
                assert_eq!(chain.issuers().count(), 3);
                assert_eq!(chain.valid_until(), pki.specs[0].not_after);
            });
            count += 1;
        }
    }
    assert_eq!(count, 7 + 6 + 7 + 7 + 7);
    assert!(Profile::Iso15118_2.table(Role::Evcc, Level::Leaf).is_none());
}
