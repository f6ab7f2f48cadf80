-- rule: E1-R25
-- clause: ESRS E1 AR 39 b
-- severity: error
-- wording: Every emission factor has source, edition and table
-- fix: cite the factor in its set
select distinct factor_id as subject, 'the factor has no publication or no citation' as message from ledger
where view = getvariable('view') and month >= getvariable('starts') and month < getvariable('ends') and (coalesce(factor_citation, '') = '' or coalesce(factor_publication, '') = '')
