-- rule: intake/site-unknown
-- severity: error
-- stage: 21
-- cell: site
-- fix: add the site to inventory.yaml, or correct the cell
-- citation: docs/tables.md
with unknown as (select distinct left(site, 80) as site from activity_row where site is not null and known_site is null order by site limit 1000),
-- What is written almost alike, or is the site's name; of more than a thousand unknown ones the first.
near as (
    select u.site, arg_min(s.site, (case when u.site = s.name then 0 else levenshtein(lower(u.site), s.site) end, s.site)) as known
    from unknown u join site s on u.site = s.name or 3 * levenshtein(lower(u.site), lower(s.site)) <= length(u.site) group by u.site
)
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    'unknown site "' || left(a.site, 80) || '"' || coalesce('; perhaps "' || n.known || '"', '') as message
from activity_row a left join near n on n.site = left(a.site, 80)
anti join excluded_row x on x.source_id = a.source_id and x.file_no = a.file_no and x.row_no = a.row_no where a.site is not null and a.known_site is null and not a.is_none
