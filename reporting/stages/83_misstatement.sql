-- Uncorrected misstatements added up by scope and in all, net and by direction, beside the materiality of the view: threshold times the total of all scopes, location-based.
create view misstatement_sum as
with part as (
    select period, scope, t_co2e from misstatement union all select period, '', t_co2e from misstatement
),
directed as (
    select period, scope, 'Net' as direction, t_co2e from part
    union all select period, scope, 'Stated too much', t_co2e from part where t_co2e > 0
    union all select period, scope, 'Stated too little', t_co2e from part where t_co2e < 0
),
total as (
    select view, period, cast(abs(cast(cast(sum(kg_co2e) as decimal(38,12)) * 0.001 as decimal(38,12))) * (select value::decimal(38,9) from setting where name = 'materiality_threshold') as decimal(38,12)) as materiality
    from data_quality_line group by all
)
select t.view, d.period, d.scope, d.direction, cast(sum(d.t_co2e) as decimal(38,12)) as tonnes, t.materiality
from directed d join total t on t.period = d.period group by all;
