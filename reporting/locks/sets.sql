-- Every set that was loaded. One that an earlier lock keeps out of some months is named too: that lock goes on keeping it out.
select set_id, digest
from factor_set
where set_id <> 'instruments'
order by set_id
