-- rule: E1-R93
-- clause: ESRS 1 ch. 7.1
-- severity: error
-- wording: Figures of one prior year stand beside those of a year
-- fix: add the year before to periods, or say that this is the first year
select p.period as subject, 'no figures of the year before' as message from period p where p.period = getvariable('period') and p.starts + interval 12 month = p.ends
    and not exists (from period q where q.starts + interval 1 year = p.starts and q.ends + interval 1 year = p.ends)
