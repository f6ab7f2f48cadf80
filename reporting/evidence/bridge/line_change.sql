-- What a step changed, row by row; the lines after it are what the next step is compared with.
insert into restatement.line_change
select getvariable('step') as step, * exclude (amount, kg_gas, factors, side), sum(amount * side) as amount, sum(kg_gas * side) as kg_gas, max(factors) filter (where side = -1) as old_factors,
    max(factors) filter (where side = 1) as new_factors
from (select *, 1 as side from restatement.line_now union all select *, -1 as side from restatement.line_before)
group by all having sum(amount * side) <> 0 or sum(kg_gas * side) <> 0;
create or replace table restatement.line_before as from restatement.line_now;
