-- Activities asked about that no factor was used for, or that are not priced at all, with what is known about why. Table asked_activity.
with state as (
    select a.activity_id, a.activity_type, t.priced_as, a.region, coalesce(a.unit, '') as unit, strftime(a.month, '%Y-%m') as month, k.basis, a.counts, a.quantity,
        a.factor_pin, count(r.factor_id) as candidates, max(r.rank) as best_rank
    from asked_activity q
    join activity a on a.activity_id = q.activity_id
    join activity_type t on t.activity_type = a.activity_type
    join month_interval m on m.month = a.month
    left join resolution_key k on k.activity_type = a.activity_type and k.region = a.region and k.supplier = a.supplier and k.factor_pin = a.factor_pin and k.unit = a.unit
        and k.interval_start = m.interval_start and k.bases = a.bases and k.need = a.basis
    left join resolution r on r.resolution_key = k.resolution_key
    group by all
),
elsewhere as (
    select p.priced_as, count(distinct (f.set_id, f.factor_id)) as factors, string_agg(distinct f.region, ', ' order by f.region) as regions,
        string_agg(distinct f.per_unit, ', ' order by f.per_unit) as units
    from (select distinct priced_as from state) p join factor f on f.activity_type = p.priced_as
    group by p.priced_as
)
select s.activity_id, s.activity_type, s.region, s.unit, s.month, coalesce(s.basis, '') as basis,
    case when not s.counts then 'not priced: another row takes its place (an actual read, the facility energy of the site, or the energy of the hours)'
        when s.quantity is null then 'not priced: its quantity or unit cannot be used (ghg check says why)'
        when s.candidates > 0 then 'not priced: none of the factors considered may be used'
        when s.factor_pin <> '' then 'not priced: the factor "' || s.factor_pin || '" that the row names is not in any set, or is per another kind of unit'
        when e.factors is null then 'not priced: no set holds a factor for ' || s.priced_as
        else 'not priced: ' || e.factors || ' factors for ' || s.priced_as || ' exist, none for ' || s.region || ' in a unit that ' || s.unit || ' converts to; regions '
            || left(e.regions, 60) || case when length(e.regions) > 60 then '...' else '' end || '; units ' || left(e.units, 60) end as message
from state s left join elsewhere e using (priced_as)
where not s.counts or s.quantity is null or s.candidates = 0 or s.best_rank = 0
order by s.activity_id, s.month, s.basis
