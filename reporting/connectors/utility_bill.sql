-- connector: utility_bill
-- title: Utility bills as a table, one line per meter and billing period
-- formats: csv, xlsx, parquet
-- natural_key: bill_id with meter and service, else account, meter, service, start and end
-- required: start, quantity
-- columns: bill_id, account, meter, service, start, end, quantity, unit, read_type, bill_type, replaces, demand, demand_unit, cost, currency, supplier, site, entity, note
-- numbers: quantity, demand, cost
-- dates: start, end
-- private: account hash
-- rank: meter
-- options: calorific_basis=gross|net; end=last_day|read_date; period=start_only
-- constants: activity_type, unit, site, entity, meter, region, supplier, hosting, system, lifecycle_stage, coverage, data_quality, read_status, evidence
-- seen: monthly bills of electricity and gas of one publisher, which give the start of a period alone
-- traps: a credit has no sign; an actual read takes the place of an estimate; an estimated read is no actual one; a read date begins the next period; a file may give the start of a period alone; gas in kWh is gross or net; a credit of money is no energy; an unknown read type is not taken for an actual read
-- Files name their columns as they like: `columns: {quantity: "Usage (kWh)", start: From}` says which is which. `service` is a type or one of its other names (electricity, gas, water, steam).
-- The unit stands in a column or is a constant and is never guessed. Gas in kWh, MWh, MJ or GJ needs `calorific_basis`, because gross and net differ by a tenth. `demand` (kW) is no energy.
-- read_type E, estimated or customer estimate is an estimated read, A or actual an actual one; another word is an error. A credit (bill_type credit, credit note or cancelled) is negative however the
-- file signs it, and names the bill that it takes back in `replaces`; a corrected bill names the one whose place it takes. Credits of money alone are left out.
-- `end: read_date` says that a period ends on the morning of `end`, which the next one begins with; `period: start_only` that it ends where the next line of the meter begins.
insert into activity_input by name
with option as (
    select s.source_id, max(o.value) filter (where o.name = 'calorific_basis') as basis, max(o.value) filter (where o.name = 'end') as ending, max(o.value) filter (where o.name = 'period') as period
    from source s left join source_option o using (source_id) where s.connector = 'utility_bill' group by all
),
bill as (
    select r.source_id, r.file_no, r.row_no, r.record, o.* exclude (source_id), lower(coalesce(cell_of(r.record, 'bill_type'), 'bill')) as kind, cell_of(r.record, 'quantity') as quantity_text,
        lower(cell_of(r.record, 'read_type')) as read_type, coalesce(cell_of(r.record, 'service'), k.activity_type) as service, coalesce(cell_of(r.record, 'unit'), k.unit) as unit_text,
        cell_of(r.record, 'start') as starts, lead(cell_of(r.record, 'start')) over (partition by r.source_id, r.file_no, cell_of(r.record, 'account'), cell_of(r.record, 'meter'), cell_of(r.record, 'service')
            order by cell_of(r.record, 'start'), r.row_no) as next_starts,
        cell_of(r.record, 'end') as ends, coalesce(cell_of(r.record, 'meter'), k.meter) as meter_text, k.* exclude (source_id, activity_type, unit, meter)
    from record r join option o using (source_id) left join source_constant k using (source_id) where r.connector = 'utility_bill'
),
typed as (
    -- A start that is a date begins in the morning: the day before is the last one of the period.
    select b.* replace (case when regexp_full_match(next_starts, '\d{4}-\d{2}-\d{2}') then coalesce(cast(try_cast(next_starts as date) - 1 as varchar), next_starts) else next_starts end as next_starts),
        coalesce(t.activity_type, a.activity_type) as known_type, kind in ('credit', 'credit note', 'credit_note', 'cancelled', 'cancellation', 'cancel') as is_credit,
        coalesce(t.dimension, n.dimension) like '%energy_hhv%' and u.dimension = 'energy' as needs_basis, coalesce(u.unit, b.unit_text) as known_unit,
        concat_ws('/', coalesce(cell_of(record, 'bill_id'), concat_ws('/', cell_of(record, 'account'), b.starts, b.ends, case when kind <> 'bill' then kind end)), meter_text, cell_of(record, 'service')) as bill_key
    from bill b left join activity_type t on t.activity_type = b.service left join activity_type_alias a on a.alias = lower(b.service) left join activity_type n on n.activity_type = a.activity_type
    left join unit_alias x on x.alias = b.unit_text left join unit u on u.unit = coalesce(x.unit, b.unit_text)
)
select t.source_id, t.file_no, t.row_no, 1 as part, t.bill_key as activity_id, t.bill_key as natural_key, coalesce(t.known_type, t.service) as activity_type, t.starts,
    case when t.period = 'start_only' then t.next_starts when t.ending = 'read_date' then coalesce(cast(try_cast(t.ends as date) - 1 as varchar), t.ends || ' (end: read_date needs a date such as 2026-07-31)') else t.ends end as ends,
    case when t.read_type is not null and t.read_type not in ('a', 'actual', 'e', 'estimated', 'estimate', 'customer', 'customer estimate', 'c', 's', 'smart') then t.quantity_text || ' of the unknown read type ' || t.read_type
        when t.kind not in ('bill', 'invoice', 'correction', 'corrected', 'final') and not t.is_credit then t.quantity_text || ' of the unknown bill type ' || t.kind
        when t.is_credit and not starts_with(t.quantity_text, '-') then '-' || t.quantity_text else coalesce(t.quantity_text, '') end as quantity,
    case when t.needs_basis then t.known_unit || case t.basis when 'gross' then '_hhv' when 'net' then '_lhv' else '' end else t.unit_text end as unit,
    coalesce(cell_of(t.record, 'entity'), t.entity) as entity, coalesce(cell_of(t.record, 'site'), t.site) as site, case when not t.is_credit then t.meter_text end as meter, t.region,
    coalesce(cell_of(t.record, 'supplier'), t.supplier) as supplier, t.hosting, t.system, t.lifecycle_stage, coalesce(t.coverage, t.meter_text) as coverage,
    coalesce(t.data_quality, 'measured') as data_quality, coalesce(t.data_origin, 'own') as data_origin,
    case when t.read_type in ('e', 'estimated', 'estimate', 'customer estimate') then 'estimated' else coalesce(t.read_status, 'actual') end as read_status,
    case when cell_of(t.record, 'replaces') is not null then concat_ws('/', cell_of(t.record, 'replaces'), t.meter_text, cell_of(t.record, 'service')) end as replaces, t.evidence,
    concat_ws(', ', 'bill ' || cell_of(t.record, 'bill_id'), nullif(t.kind, 'bill'), cell_of(t.record, 'note')) as note, sha256(cast(t.record as varchar)) as content
from typed t
where not (t.is_credit and coalesce(number_in(t.quantity_text), case when t.quantity_text is null then 0 end, 1) = 0) and not (t.period = 'start_only' and t.next_starts is null and coalesce(lower(t.quantity_text), '') in ('', 'nan'));

insert into row_left_out
select r.source_id, r.file_no, r.row_no, case when cell_of(r.record, 'bill_type') is not null then 'a credit of money alone' else 'the end of the last period' end
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'utility_bill';
