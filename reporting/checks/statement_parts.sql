-- rule: statement/parts-differ
-- severity: error
-- stage: 17
-- of: statement_line
-- fix: ask the vendor which of the values is right, and correct the row in corrections.csv with the reason
-- citation: docs/reconcile.md
with number as (
    select l.*, try_cast(l.location as decimal(38,12)) as location_number, try_cast(l.market as decimal(38,12)) as market_number,
        try_cast(l.scope1 as decimal(38,12)) + try_cast(l.scope2_location as decimal(38,12)) + try_cast(l.scope3_location as decimal(38,12)) as location_parts,
        try_cast(l.scope1 as decimal(38,12)) + try_cast(l.scope2_market as decimal(38,12)) + try_cast(l.scope3_market as decimal(38,12)) as market_parts,
        -- Each printed value may be off by half of its last digit: three parts and the total by two digits.
        case coalesce(l.stated_unit, '') when 't_co2e' then 0.000002 else 0.002 end as tolerance
    from statement_line l where turn = 1
)
select source_id, file_no, row_no, 'row:' || row_no as subject, 'both' as basis,
    'the parts for Scope 1, 2 and 3 add up to ' || case when abs(location_parts - location_number) > tolerance then decimal_text(location_parts) || ' (location-based), stated is ' || decimal_text(location_number)
        else decimal_text(market_parts) || ' (market-based), stated is ' || decimal_text(market_number) end as message
from number where abs(location_parts - location_number) > tolerance or abs(market_parts - market_number) > tolerance
