-- rule: scope2/instrument-not-cancelled-for-reporter
-- severity: error
-- stage: 5
-- fix: give certificate, cancelled_on, tracking_system and beneficiary from the cancellation statement, or the status contracted or delivered
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (3), R025
with reporter as (select lower(value) as name from setting where name = 'organisation.name' union select lower(name) from entity union select lower(entity) from entity),
fault as (
    select i.row_no, i.instrument_id, case
        when i.certificate = '' and i.serial_first is null then 'names no certificate'
        when i.cancelled_on is null then 'has no date of cancellation (cancelled_on)'
        when i.tracking_system = '' then 'names no tracking system'
        when i.beneficiary = '' then 'names no beneficiary'
        when r.name is null then 'was cancelled for "' || i.beneficiary || '", which is neither the organisation nor one of its entities'
        when i.cancelled_on < g.starts then 'was cancelled on ' || i.cancelled_on || ', before it was generated' end as fault
    from instrument i join instrument_kind k on k.instrument_kind = i.kind and k.needs_cancellation
    left join instrument_generation g on g.instrument_id = i.instrument_id
    left join reporter r on r.name = lower(i.beneficiary)
    where i.status = 'cancelled'
)
select null as source_id, null as file_no, row_no, 'instrument:' || instrument_id as subject, 'market' as basis,
    instrument_id || ' ' || fault || '; it cannot count as cancelled for the reporter' as message
from fault where fault is not null
