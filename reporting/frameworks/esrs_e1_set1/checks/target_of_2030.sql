-- rule: E1-R61
-- clause: ESRS E1 34 c, d; AR 25, 26
-- severity: error
-- wording: Targets have a base year and one of them is for 2030
-- fix: declare a target for 2030 under targets, or say that there is none
select 'targets' as subject, 'no target for 2030 among ' || string_agg(distinct period, ', ' order by period) as message from target having count(*) > 0 and count(*) filter (where period like '%2030') = 0
