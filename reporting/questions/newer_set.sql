-- The newest loaded edition after each set, along `supersedes`, and the day on which its data begin.
create or replace temp table newer_set as
with recursive chain(set_id, newer_id, steps) as (
    select s.set_id, n.set_id, 1 from factor_set s join factor_set n on n.supersedes = s.set_id
    union all
    select c.set_id, n.set_id, c.steps + 1 from chain c join factor_set n on n.supersedes = c.newer_id where c.steps < 100
)
select c.set_id, arg_max(c.newer_id, (c.steps, c.newer_id)) as newer_id, (select min(f.valid_from) from factor f where f.set_id = arg_max(c.newer_id, (c.steps, c.newer_id))) as begins
from chain c group by c.set_id;
