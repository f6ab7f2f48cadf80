-- rule: factor/total
-- severity: error
-- stage: 8
-- of: factor_printed_total
-- fix: a CO2e row beside gases has the printed total as published_value and as value what the gases leave of it (0 where that is rounding); a part of its own is named CO2e in gases_owed.csv
-- citation: docs/tables.md
select null as source_id, null as file_no, t.row_no, 'factor:' || t.factor_id as subject, 'both' as basis,
    'CO2e is published as ' || rtrim(rtrim(cast(t.printed as varchar), '0'), '.') || ', and factor "' || t.factor_id || '" adds up to '
        || rtrim(rtrim(cast(t.added as varchar), '0'), '.') || ': its gases ' || rtrim(rtrim(cast(t.gases as varchar), '0'), '.') || ' and ' || t.value_text
        || ' beside them; the printed digits allow a difference of ' || rtrim(rtrim(cast(cast(t.allowed as decimal(38,8)) as varchar), '0'), '.') as message
from (select *, case when value = 0 then '0' else rtrim(rtrim(cast(value as varchar), '0'), '.') end as value_text from factor_printed_total) t
where abs(t.printed - t.added) > t.allowed
