-- The factor sets of which a factor was used.
select set_id, publisher, title, edition, url, licence, coalesce(attribution, '') as attribution, retrieved, sha256, gwp_set, usable_until, is_own
from factor_set
where set_id in (select ledger.set_id from ledger where ledger.view = $view and cast(ledger.month as date) >= $starts and cast(ledger.month as date) < $ends)
order by publisher, title, edition, set_id
