-- title: Carbon credits
-- lead: The register of carbon credits with what was retired in this period and what is held or contracted at its end (ESRS E1-7 59, AR 62). They stand outside of all scopes: gross emissions are before every credit, and no target counts them.
-- place: annex
-- order: 36
-- columns: credit=Credit; state=In this period; t_co2e=t CO2e|3; share=Share of retired, %|2; kind=Kind; project=Project and standard; registry=Retirement and registry; source=Source
with lot as (
    select c.*, retired_on >= getvariable('starts') and retired_on < getvariable('ends') as is_retired,
        exists (from finding f where f.subject = 'credit:' || c.credit_id and f.severity = 'error') as is_faulty
    from carbon_credit c where acquired_on < getvariable('ends') and (retired_on is null or retired_on >= getvariable('starts'))
),
told as (
    select *, coalesce(is_retired, false) as counts, sum(t_co2e) filter (where is_retired and not is_faulty) over () as whole from lot
)
select credit_id as credit, case when is_faulty then 'withheld: see the findings' when counts then 'retired' when status = 'contracted' then 'contracted' else 'held' end
        || case when counts or planned_for = '' then '' else ', planned for ' || planned_for end as state,
    t_co2e, case when counts and not is_faulty then exact_share(t_co2e, whole) * 100 end as share,
    kind || case when sink = '' then '' else ', ' || sink || ' sink' end || case when is_adjusted then ', corresponding adjustment' else '' end as kind,
    project || ' (' || project_type || ', ' || region || ', vintage ' || vintage || '), ' || standard || case when is_recognised then '' else ' (not recognised)' end as project,
    concat_ws(', ', case when counts then cast(retired_on as varchar) end, registry, nullif(retirement_id, ''), case when serial_first is not null then serial_first || ' to ' || serial_last end) as registry,
    citation as source
from told order by counts desc, retired_on, row_no
