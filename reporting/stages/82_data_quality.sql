-- Five indicators of data quality (GHG Protocol Scope 3 Standard, ch. 7), 4 very good to 1 poor, for every group of ledger lines of one activity, factor and kind of data.
-- A group at or above the materiality threshold of its view and period is significant. Views: nothing is added up before somebody asks.
create view data_quality_line as
select l.view, p.period, l.scope, l.scope3_category, l.iso_category, l.activity_type, l.activity_label, l.factor_id, l.factor_label, l.data_quality, l.data_origin, l.read_status,
    l.year_distance, l.geography_distance, sum(l.kg_co2e) as kg_co2e
from ledger l join period p on l.month >= p.starts and l.month < p.ends
where l.role = 'inventory' and l.scope <> '' and l.basis in ('both', 'location') and not l.is_biogenic
group by all;

create view data_quality as
with time_score as (select y.years, s.score, s.word from (select unnest(range(0, 200)) as years) y join data_quality_score s on s.indicator = 'time' and y.years < s.below
    qualify row_number() over (partition by y.years order by s.below) = 1),
geography_score as (select y.steps, s.score, s.word from (select unnest(range(0, 200)) as steps) y join data_quality_score s on s.indicator = 'geography' and y.steps < s.below
    qualify row_number() over (partition by y.steps order by s.below) = 1)
select l.*, te.score as technology_score, te.word as technology, ti.score as time_score, ti.word as time, ge.score as geography_score, ge.word as geography, co.score as completeness_score,
    co.word as completeness, re.score as reliability_score, re.word as reliability,
    share_of(cast(abs(l.kg_co2e) as decimal(38,12)), cast(sum(abs(l.kg_co2e)) over (partition by l.view, l.period) as decimal(38,12))) as share
from data_quality_line l
join data_quality_score te on te.indicator = 'technology' and te.value = l.data_origin
join time_score ti on ti.years = l.year_distance
join geography_score ge on ge.steps = l.geography_distance
join data_quality_score co on co.indicator = 'completeness' and co.value = l.read_status
join data_quality_score re on re.indicator = 'reliability' and re.value = l.data_quality;
