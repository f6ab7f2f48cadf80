-- connector: purchase_ledger
-- title: Purchase ledgers by NAICS code or by the company's own map
-- formats: csv, xlsx, parquet
-- natural_key: document_no and line_no, else all the cells
-- required: date, amount
-- columns: document_no, line_no, date, supplier, description, account, category, naics, amount, currency, tax, document_type, site, entity
-- numbers: amount, tax
-- dates: date
-- rank: spend
-- options: map; amount=net|gross
-- constants: unit (the currency), activity_type, site, entity, region, system, lifecycle_stage, coverage, evidence
-- seen: two monthly ledgers of public bodies, which have no code of what was bought
-- traps: a credit note has no sign; a document type that is not known may be a credit; an amount in parentheses is negative; a minus may follow the number; a line that nothing names is not dropped; wages and what other sources hold are no purchases here
-- What was bought: the first row of the source named in `map` that fits (connector category_map), else the NAICS code of six digits, else the constant activity_type; a line that nothing names is an
-- error and never dropped. Credit notes are negative however the ledger signs them
-- (words: standards/ledger_document_types.csv; an amount without minus of another type is an error, because it may be a credit); (1,234.50) and 1,234.50- are negative. With `amount: gross` the column `tax` is subtracted. The currency is a column
-- or the constant unit. What other sources hold, what stays in the group and what is capitalised is named under `memo` of the source; it is listed and stays in the reconciliation with the ledger's total.
insert into activity_input by name
with kind as (
    from read_csv(getvariable('standards') || '/ledger_document_types.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')
),
option as (
    select s.source_id, max(o.value) filter (where o.name = 'map') as map, max(o.value) filter (where o.name = 'amount') as amount_is
    from source s left join source_option o using (source_id) where s.connector = 'purchase_ledger' group by all
),
rule as (
    select r.source_id as map, lower(cell_of(r.record, 'column')) as column_name, lower(cell_of(r.record, 'pattern')) as pattern, cell_of(r.record, 'activity_type') as activity_type, cell_of(r.record, 'reason') as reason, (r.file_no, r.row_no) as place
    from record r where r.connector = 'category_map'
),
line as (
    select r.source_id, r.file_no, r.row_no, r.record, o.map, o.amount_is, coalesce(d.kind = 'credit', false) as is_credit,
        cell_of(r.record, 'document_type') is not null and d.kind is null as is_unknown,
        regexp_replace(regexp_replace(cell_of(r.record, 'amount'), '^\((.*)\)$', '-\1'), '^([^-].*)-$', '-\1') as amount,
        -- The tax has the sign of its amount, whether or not the ledger writes it.
        abs(number_in(case when regexp_full_match(cell_of(r.record, 'tax'), '[(]?[+-]?[0-9.]+[)]?-?') then translate(cell_of(r.record, 'tax'), '()+-', '') end)) as tax
    from record r join option o using (source_id) left join kind d on d.document_type = lower(cell_of(r.record, 'document_type')) where r.connector = 'purchase_ledger'
),
value as (
    select distinct l.map, c.column_name, lower(cell_of(l.record, c.column_name)) as value from line l cross join (select unnest(['account', 'category', 'supplier', 'description', 'naics']) as column_name) c
    where cell_of(l.record, c.column_name) is not null
),
fits as (
    select v.map, v.column_name, v.value, min(r.place) as place from value v join rule r on r.map = v.map and r.column_name = v.column_name and v.value glob r.pattern group by all
),
chosen as (
    select l.source_id, l.file_no, l.row_no, l.map, min(f.place) as place
    from line l cross join (select unnest(['account', 'category', 'supplier', 'description', 'naics']) as column_name) c
    join fits f on f.map = l.map and f.column_name = c.column_name and f.value = lower(cell_of(l.record, c.column_name)) group by all
),
named as (
    select l.*, u.activity_type as mapped, u.reason, u.place is not null and u.activity_type is null as is_left_out
    from line l left join chosen c using (source_id, file_no, row_no) left join rule u on u.map = l.map and u.place = c.place
)
select n.source_id, n.file_no, n.row_no, 1 as part, nullif(concat_ws('/', cell_of(n.record, 'document_no'), cell_of(n.record, 'line_no')), '') as activity_id,
    coalesce(nullif(concat_ws('/', cell_of(n.record, 'document_no'), cell_of(n.record, 'line_no')), ''), sha256(cast(n.record as varchar))) as natural_key,
    coalesce(n.mapped, 'spend.' || cell_of(n.record, 'naics'), k.activity_type, 'a purchase that neither map nor NAICS code names: ' || left(coalesce(cell_of(n.record, 'category'), cell_of(n.record, 'account'), cell_of(n.record, 'supplier'), ''), 60)) as activity_type,
    cell_of(n.record, 'date') as starts, cell_of(n.record, 'date') as ends,
    case when n.is_unknown and not starts_with(n.amount, '-') then n.amount || ' of the unknown document type ' || cell_of(n.record, 'document_type')
        when n.amount_is = 'gross' then coalesce(decimal_text(case when n.is_credit or number_in(n.amount) < 0 then -1 else 1 end * (abs(number_in(n.amount)) - n.tax)),
            coalesce(n.amount, '') || ' gross, tax ' || coalesce(cell_of(n.record, 'tax'), 'not given'))
        when n.is_credit and not starts_with(n.amount, '-') then '-' || n.amount else coalesce(n.amount, '') end as quantity,
    coalesce(cell_of(n.record, 'currency'), k.unit) as unit, coalesce(cell_of(n.record, 'entity'), k.entity) as entity, coalesce(cell_of(n.record, 'site'), k.site) as site, k.region, cell_of(n.record, 'supplier') as supplier, k.system, k.lifecycle_stage, k.coverage,
    'proxy' as data_quality, 'secondary' as data_origin, k.evidence, concat_ws(', ', cell_of(n.record, 'document_no'), case when n.is_credit then 'credit note' end, cell_of(n.record, 'description'), n.reason) as note, sha256(cast(n.record as varchar)) as content
from named n left join source_constant k using (source_id) where not n.is_left_out;

insert into row_left_out
select r.source_id, r.file_no, r.row_no, 'left out by the map'
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'purchase_ledger';
