-- rule: intake/sample-not-measured
-- severity: warning
-- stage: 21
-- of: sample
-- fix: look at the device: a sensor that gives no data, or another unit than the format's
-- citation: docs/formats/README.md
select source_id, file_no, min(row_no) as row_no, 'device:' || device as subject, 'both' as basis,
    count(*) || case when count(*) = 1 then ' sample of ' else ' samples of ' end || device || case when count(*) = 1 then ' is' else ' are' end || ' no measurement (a mark for no data, no number, no unit or no time)' as message
from sample where value is null or value < 0 or (kind = 'power' and value >= 1000000000) or microsecond is null group by source_id, file_no, device
