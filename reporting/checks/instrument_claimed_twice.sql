-- rule: scope2/instrument-claimed-twice
-- severity: error
-- stage: 5
-- of: instrument
-- fix: name each certificate once; where two rows share a batch, give the serial numbers of each in serial_first and serial_last
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (2), R024
with claim as (
    select *, case when certificate = '' then '' else lower(certificate) end as batch from instrument where certificate <> '' or serial_first is not null
)
select null as source_id, null as file_no, b.row_no, 'instrument:' || b.instrument_id as subject, 'market' as basis,
    b.instrument_id || ' carries the claim of ' || a.instrument_id || ' (row ' || a.row_no || ') a second time: certificate "' || b.certificate || '"'
        || case when a.serial_first is not null and b.serial_first is not null
            then ', serial numbers ' || greatest(a.serial_first, b.serial_first) || ' to ' || least(a.serial_last, b.serial_last) else '' end as message
from claim a join claim b on a.batch = b.batch and lower(a.tracking_system) = lower(b.tracking_system) and a.row_no < b.row_no
where a.serial_first is null or b.serial_first is null or (a.serial_first <= b.serial_last and b.serial_first <= a.serial_last)
