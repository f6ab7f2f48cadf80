-- title: Factors of the hourly generation mix
-- lead: What each fuel of a generation mix is priced at, direct, for the supplementary figures by the hour. An hour in which a fuel without factor generates is missing.
-- place: annex
-- order: 95
-- columns: region=Region; path=File; fuel=Fuel; g_per_kwh=g CO2/kWh|6; whose=Factor of; citation=Source
select s.key as region, s.path, m.fuel, m.g_per_kwh, case m.origin when 'own' then 'the company' when '' then 'no factor' else m.region end as whose, m.citation
from hourly_mix m join hourly_series s using (series) order by s.key, s.path, m.fuel
