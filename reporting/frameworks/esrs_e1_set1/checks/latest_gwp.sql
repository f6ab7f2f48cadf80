-- rule: E1-R24
-- clause: ESRS E1 AR 39 d
-- severity: error
-- wording: The latest GWP values of the IPCC over 100 years are used, and what rests on another set is said
-- fix: take gwp_set AR6 in the view of this framework
select view as subject, 'the view takes ' || gwp_set || '; the latest of the IPCC is AR6' as message from view where view = getvariable('view') and gwp_set <> 'AR6'
