-- rule: hourly/load-twice
-- severity: error
-- stage: 62
-- of: hourly_meter
-- fix: name each meter, and each site without meters, in one series of hourly.load only
-- citation: docs/scope2.md
select null as source_id, null as file_no, null as row_no, 'hourly:' || b.series as subject, 'both' as basis, b.point || ' is read a second time: ' || a.series_path || ' holds the same hours' as message
from (select m.*, s.path as series_path from hourly_meter m join hourly_series s on s.series = m.series) a
join hourly_meter b on b.point = a.point and a.series < b.series and a.first_microsecond <= b.last_microsecond and b.first_microsecond <= a.last_microsecond
