-- The figures of figures.json, in their order. Parameter: period (the one asked for; the declared ones are there always).
select figure_id as id, framework, datapoint, key, period, view, section, label, kind, status, value, stated, unit, decimals, is_total, is_mandatory,
    measured_share, estimated_share, filled_share, primary_share, fallback_share, other_gwp_share, low, high, range_share, entries, reason, citation, digest
from figure where period in (select period from period where is_disclosed or period = $period) order by position
