-- rule: E1-R52
-- clause: ESRS E1 AR 48
-- severity: error
-- wording: The table has a base year for what has a target
-- fix: give base_year figures under inputs, or the stored inventory of that year
select t.target as subject, t.figure || ' has no base year' as message from target t anti join base_year_value b on b.figure_id = t.figure
