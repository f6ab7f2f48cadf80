-- Every row of both inventories with its counterpart, and the cause by which it differs: same | import | added | removed | estimate | corrected | vendor_model |
-- classification | boundary | factor. A row is known by the id of its activity; rows without an id of their own also by what, where and when, if that is one row on each side.
create table restatement.side_row as
with header as (select 'old' as side, source_id, file_no, list(name order by position) as names from given_old.source_column group by all
    union all select 'new', source_id, file_no, list(name order by position) from given_new.source_column group by all),
line as (
    select 'old' as side, source_id, file_no, row_no, cells, content from run_old.corrected_row
    union all select 'new', source_id, file_no, row_no, cells, content from run_new.corrected_row
    union all select 'old', source_id, file_no, row_no, [text], sha256('rejected ' || text) from given_old.rejected_row
    union all select 'new', source_id, file_no, row_no, [text], sha256('rejected ' || text) from given_new.rejected_row
),
activity as (
    select 'old' as side, * from run_old.activity_row union all by name select 'new' as side, * from run_new.activity_row
),
first_part as (from activity qualify row_number() over (partition by side, source_id, file_no, row_no order by part) = 1),
excluded as (
    select side, source_id, file_no, row_no, string_agg(kind, '|' order by kind) as kinds
    from (select distinct 'old' as side, source_id, file_no, row_no, kind from run_old.excluded_row union all select distinct 'new', source_id, file_no, row_no, kind from run_new.excluded_row)
    group by all
)
select l.*, coalesce(h.names, []) as names,
    coalesce(a.activity_id, 'content:' || l.content || '#' || row_number() over (partition by l.side, l.source_id, l.content, a.activity_id is null order by l.file_no, l.row_no)) as key,
    a.activity_id is not null and a.given_id is null and coalesce(a.natural_key, '') = '' as is_named_by_content, a.read_status, coalesce(a.activity_type, '') as activity_type,
    coalesce(a.entity, '') as entity, coalesce(a.site, '') as site, coalesce(a.meter, '') as meter, coalesce(a.supplier, '') as supplier, a.coverage, a.period_start, a.period_end,
    coalesce(x.kinds, '') as excluded
from line l
left join header h on h.side = l.side and h.source_id = l.source_id and h.file_no = l.file_no
left join first_part a on a.side = l.side and a.source_id = l.source_id and a.file_no = l.file_no and a.row_no = l.row_no
left join excluded x on x.side = l.side and x.source_id = l.source_id and x.file_no = l.file_no and x.row_no = l.row_no;

-- A new file that continues an old one: same source, path, sheet and columns.
create table restatement.file_pair as
with named as (select distinct side, source_id, file_no, names from restatement.side_row)
select n.source_id, n.file_no as new_file_no, o.file_no as old_file_no
from given_new.source_file n
join given_old.source_file o on o.source_id = n.source_id and o.path = n.path and o.sheet = n.sheet
join named x on x.side = 'new' and x.source_id = n.source_id and x.file_no = n.file_no
join named y on y.side = 'old' and y.source_id = o.source_id and y.file_no = o.file_no and y.names = x.names;

-- Sources whose columns are mapped in another way, and those of them whose files have other columns too: their rows cannot be read in the old way, so that they move as one.
create table restatement.remapped as
with mapped as (
    (select source_id, part, target, column_name as text from given_old.part_column except select source_id, part, target, column_name from given_new.part_column)
    union all (select source_id, part, target, column_name from given_new.part_column except select source_id, part, target, column_name from given_old.part_column)
)
select distinct m.source_id, exists (from restatement.side_row r where r.source_id = m.source_id and r.side = 'new'
    and not exists (from restatement.file_pair p where p.source_id = r.source_id and p.new_file_no = r.file_no)) as is_relaid
from mapped m where m.source_id in (select source_id from given_old.source) and m.source_id in (select source_id from given_new.source);

-- Counterparts: the row that says the very same, else the row of the same id, else the one row of the same activity, place and time.
create table restatement.joined as
with old_row as (select *, row_number() over same_content as place from restatement.side_row where side = 'old' window same_content as (partition by source_id, content order by file_no, row_no)),
new_row as (select *, row_number() over same_content as place from restatement.side_row where side = 'new' window same_content as (partition by source_id, content order by file_no, row_no)),
by_content as (select o.source_id, o.file_no as old_file_no, o.row_no as old_row_no, n.file_no as new_file_no, n.row_no as new_row_no
    from old_row o join new_row n on n.source_id = o.source_id and n.content = o.content and n.place = o.place),
old_left as (from old_row o anti join by_content k on k.source_id = o.source_id and k.old_file_no = o.file_no and k.old_row_no = o.row_no),
new_left as (from new_row n anti join by_content k on k.source_id = n.source_id and k.new_file_no = n.file_no and k.new_row_no = n.row_no),
by_key as (select o.source_id, o.file_no as old_file_no, o.row_no as old_row_no, n.file_no as new_file_no, n.row_no as new_row_no
    from old_left o join new_left n on n.source_id = o.source_id and n.key = o.key),
gone as (from old_left o anti join by_key k on k.source_id = o.source_id and k.old_file_no = o.file_no and k.old_row_no = o.row_no where o.is_named_by_content),
come as (from new_left n anti join by_key k on k.source_id = n.source_id and k.new_file_no = n.file_no and k.new_row_no = n.row_no where n.is_named_by_content),
by_place as (
    select o.source_id, min(o.file_no) as old_file_no, min(o.row_no) as old_row_no, min(n.file_no) as new_file_no, min(n.row_no) as new_row_no
    from gone o join come n on n.source_id = o.source_id and n.activity_type = o.activity_type and n.entity = o.entity and n.site = o.site and n.meter = o.meter
        and n.supplier = o.supplier and n.period_start = o.period_start and n.period_end = o.period_end
    group by o.source_id, o.activity_type, o.entity, o.site, o.meter, o.supplier, o.period_start, o.period_end having count(*) = 1
),
matched as (from by_content union all from by_key union all from by_place)
from matched
union all
select o.source_id, o.file_no, o.row_no, null, null from old_row o anti join matched b on b.source_id = o.source_id and b.old_file_no = o.file_no and b.old_row_no = o.row_no
union all
select n.source_id, null, null, n.file_no, n.row_no from new_row n anti join matched b on b.source_id = n.source_id and b.new_file_no = n.file_no and b.new_row_no = n.row_no;

-- What each new row is compared with: its counterpart, or the row that it supersedes (a later export of the same thing beside the earlier one).
create table restatement.compared as
select source_id, old_file_no, old_row_no, new_file_no, new_row_no, false as is_successor from restatement.joined where old_row_no is not null and new_row_no is not null
union all
select n.source_id, o.file_no, o.row_no, n.file_no, n.row_no, true
from restatement.joined j
join restatement.side_row n on n.side = 'new' and n.source_id = j.source_id and n.file_no = j.new_file_no and n.row_no = j.new_row_no
join restatement.side_row o on o.side = 'old' and o.source_id = n.source_id and o.key = n.key
where j.old_row_no is null;

-- The columns that differ, as the activity columns that they feed.
create table restatement.changed_column as
with differing as (
    select j.source_id, j.new_file_no, j.new_row_no, o.names as old_names, o.cells as old_cells, n.names as new_names, n.cells as new_cells
    from restatement.compared j
    join restatement.side_row o on o.side = 'old' and o.source_id = j.source_id and o.file_no = j.old_file_no and o.row_no = j.old_row_no
    join restatement.side_row n on n.side = 'new' and n.source_id = j.source_id and n.file_no = j.new_file_no and n.row_no = j.new_row_no
    where o.names <> n.names or o.cells is distinct from n.cells
),
cell as (
    select source_id, new_file_no, new_row_no, side, name, nullif(trim(value), '') as value, row_number() over (partition by source_id, new_file_no, new_row_no, side, name) as place
    from (select source_id, new_file_no, new_row_no, 'old' as side, unnest(case when old_names = [] then list_transform(old_cells, lambda c: '') else old_names end) as name, unnest(old_cells) as value from differing
        union all select source_id, new_file_no, new_row_no, 'new', unnest(case when new_names = [] then list_transform(new_cells, lambda c: '') else new_names end), unnest(new_cells) from differing)
),
wide as (
    select source_id, new_file_no, new_row_no, name, place, max(value) filter (where side = 'old') as old, max(value) filter (where side = 'new') as new from cell group by all
),
target as (select distinct source_id, column_name, target from given_new.part_column union select distinct source_id, column_name, target from given_old.part_column)
select w.source_id, w.new_file_no, w.new_row_no, w.name, w.place, w.old, w.new, coalesce(t.target, '') as target, v.name is not null as is_vendor_model,
    case when c.name is not null then coalesce(c.cause, '') when t.target is null then '' else 'corrected' end as cause
from wide w
left join target t on t.source_id = w.source_id and t.column_name = w.name
left join restatement.column_cause c on c.kind = 'target' and c.name = t.target
left join restatement.column_cause v on v.kind = 'vendor' and v.name = w.name
where w.old is distinct from w.new;

create table restatement.row_pair as
with column_kind as (
    select source_id, new_file_no, new_row_no, bool_or(is_vendor_model) as is_vendor_model, list(distinct cause) filter (where cause <> '') as causes,
        string_agg(distinct name || ' "' || coalesce(old, '') || '"', ', ' order by name || ' "' || coalesce(old, '') || '"') as old_words, string_agg(distinct name || ' "' || coalesce(new, '') || '"', ', ' order by name || ' "' || coalesce(new, '') || '"') as new_words
    from restatement.changed_column group by all
),
entity_old as (select distinct entity from given_old.entity), entity_new as (select distinct entity from given_new.entity),
full_pair as (
    select j.*, row_number() over (order by j.source_id, j.old_file_no, j.old_row_no, j.new_file_no, j.new_row_no) as pair_no, coalesce(n.key, o.key) as key, coalesce(s.read_status, o.read_status) as old_status, n.read_status as new_status,
        coalesce(n.activity_type, o.activity_type) as activity_type, coalesce(n.entity, o.entity) as entity, coalesce(n.site, o.site) as site, coalesce(n.meter, o.meter) as meter,
        coalesce(n.coverage, o.coverage) as coverage, coalesce(n.period_start, o.period_start) as period_start, coalesce(n.period_end, o.period_end) as period_end,
        coalesce(o.excluded, '') as old_excluded, coalesce(n.excluded, '') as new_excluded, k.is_vendor_model, k.causes, coalesce(k.old_words, '') as old_words, coalesce(k.new_words, '') as new_words,
        coalesce(m.is_relaid, false) as is_relaid, coalesce(b.is_successor, false) as is_successor
    from restatement.joined j
    left join restatement.side_row o on o.side = 'old' and o.source_id = j.source_id and o.file_no = j.old_file_no and o.row_no = j.old_row_no
    left join restatement.side_row n on n.side = 'new' and n.source_id = j.source_id and n.file_no = j.new_file_no and n.row_no = j.new_row_no
    left join column_kind k on k.source_id = j.source_id and k.new_file_no = j.new_file_no and k.new_row_no = j.new_row_no
    left join restatement.compared b on b.is_successor and b.source_id = j.source_id and b.new_file_no = j.new_file_no and b.new_row_no = j.new_row_no
    left join restatement.side_row s on s.side = 'old' and s.source_id = b.source_id and s.file_no = b.old_file_no and s.row_no = b.old_row_no
    left join restatement.remapped m on m.source_id = j.source_id
),
-- Actual rows in the place of estimates: by name (`replaces`), by place and time, or by coverage.
named_estimate as (
    select distinct a.source_id, a.file_no, a.row_no from run_new.replacement r
    join run_new.activity_row a on a.activity_id = r.activity_id
    join run_new.activity_row b on b.activity_id = r.replaced_activity_id
    where b.read_status in ('estimated', 'accrued') and a.read_status = 'actual'
),
swapped as (
    select o.pair_no as old_pair, n.pair_no as new_pair
    from full_pair o join full_pair n on n.activity_type = o.activity_type and n.entity = o.entity and n.site = o.site and n.meter = o.meter
        and n.period_start < o.period_end and n.period_end > o.period_start
    where o.new_row_no is null and n.old_row_no is null and o.old_status in ('estimated', 'accrued') and n.new_status = 'actual'
),
covered as (
    select distinct n.pair_no
    from full_pair n join full_pair o on o.coverage = n.coverage and o.coverage <> '' and n.period_start < o.period_end and n.period_end > o.period_start
    join run_old.activity was on was.source_id = o.source_id and was.file_no = o.old_file_no and was.row_no = o.old_row_no and was.role = 'inventory' and was.derivation = ''
    join run_new.activity is_now on is_now.activity_id = was.activity_id and is_now.role = 'memo'
    where n.old_row_no is null and n.new_status = 'actual' and o.new_row_no is not null and o.old_status in ('estimated', 'accrued')
),
unfilled as (
    select distinct n.pair_no
    from full_pair n join (from given_old.fill f anti join given_new.fill g on g.fill_id = f.fill_id and g.month = f.month) f
        on f.activity_type = n.activity_type and f.site = n.site and (f.meter = '' or f.meter = n.meter) and n.period_start < f.month + interval 1 month and n.period_end > f.month
    where n.old_row_no is null
)
select p.* exclude (causes, is_vendor_model, is_relaid, is_successor),
    case when is_relaid and old_row_no is not null then 'import'
        when old_row_no is null and not is_successor then case when entity <> '' and entity not in (select entity from entity_old) and entity in (select entity from entity_new) then 'boundary'
            when e.row_no is not null or w.new_pair is not null or c.pair_no is not null or u.pair_no is not null then 'estimate' else 'added' end
        when new_row_no is null then case when entity <> '' and entity not in (select entity from entity_new) and entity in (select entity from entity_old) then 'boundary'
            when v.old_pair is not null then 'estimate' else 'removed' end
        when new_words = '' then 'same'
        when old_status in ('estimated', 'accrued') and new_status = 'actual' then 'estimate'
        when is_vendor_model then 'vendor_model'
        when len(causes) = 1 then causes[1] else 'corrected' end as cause,
    case when old_excluded = new_excluded or old_row_no is null or new_row_no is null then ''
        when old_excluded = '' and new_excluded = 'replaced' and old_status in ('estimated', 'accrued') then 'estimate' else 'exclusion' end as exclusion_cause
from full_pair p
left join named_estimate e on e.source_id = p.source_id and e.file_no = p.new_file_no and e.row_no = p.new_row_no
left join (select distinct new_pair from swapped) w on w.new_pair = p.pair_no
left join (select distinct old_pair from swapped) v on v.old_pair = p.pair_no
left join covered c on c.pair_no = p.pair_no
left join unfilled u on u.pair_no = p.pair_no;

-- Readings that are added up by month and file move together where their month would otherwise come from two files.
update restatement.row_pair set cause = 'corrected'
from (
    with place as (
        select p.pair_no, concat_ws(chr(31), p.source_id, coalesce(nullif(p.meter, ''), nullif(p.site, ''), p.entity), date_trunc('month', p.period_start)) as month_key,
            case when p.cause = 'same' or f.old_file_no is not null then coalesce(p.old_file_no, f.old_file_no) else -p.new_file_no end as file_no, p.new_row_no is null as is_gone
        from restatement.row_pair p
        join (select source_id from given_old.source_option where name = 'monthly_sum' union select source_id from given_new.source_option where name = 'monthly_sum') o on o.source_id = p.source_id
        left join restatement.file_pair f on f.source_id = p.source_id and f.new_file_no = p.new_file_no
    )
    select pair_no from place where month_key in (select month_key from place where not is_gone group by month_key having count(distinct file_no) > 1)
) as split where split.pair_no = row_pair.pair_no;

create table restatement.fill_cause as
with differing as (
    select coalesce(o.fill_id, n.fill_id) as fill_id, coalesce(o.month, n.month) as month, coalesce(n.activity_type, o.activity_type) as activity_type, coalesce(n.site, o.site) as site,
        o.fill_id is null as is_new, n.fill_id is null as is_gone
    from given_old.fill o full join given_new.fill n on n.fill_id = o.fill_id and n.month = o.month
)
select d.fill_id, d.month, case when d.is_gone and exists (from restatement.row_pair p where p.cause = 'estimate' and p.old_row_no is null and p.activity_type = d.activity_type and p.site = d.site
    and p.period_start < d.month + interval 1 month and p.period_end > d.month) then 'estimate' else 'method' end as cause
from differing d;
