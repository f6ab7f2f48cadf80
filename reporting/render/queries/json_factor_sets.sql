-- The factor sets that the ledger rests on.
select set_id, publisher, title, edition, licence, sha256, gwp_set, digest
from factor_set where set_id in (select set_id from ledger) order by set_id
