-- rule: E1-R71 register
-- clause: ESRS E1 59 a, b; AR 62
-- severity: error
-- wording: Credits cancelled and planned are those of the register, lot by lot
-- fix: correct carbon_credits.csv; ghg check names lots that are faulty
-- applies: credits_cancelled
with v as (select datapoint, value from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null),
lot as (select t_co2e, retired_on between getvariable('starts') and getvariable('ends') - interval 1 day as is_retired, acquired_on < getvariable('ends') and not coalesce(retired_on < getvariable('ends'), false) as is_open
    from carbon_credit),
told as (select coalesce(sum(t_co2e) filter (where is_retired), 0) as retired, coalesce(sum(t_co2e) filter (where is_open), 0) as open from lot having count(*) > 0)
select v.datapoint as subject, plain_number(v.value) || ' is stated, the register holds ' || plain_number(cast(case v.datapoint when 'E1-7_10' then t.retired else t.open end as decimal(38,12))) as message
from v join told t on v.value <> case v.datapoint when 'E1-7_10' then t.retired else t.open end where v.datapoint in ('E1-7_10', 'E1-7_11')
