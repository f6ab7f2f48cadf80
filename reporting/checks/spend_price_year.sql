-- rule: spend/price-year-missing
-- severity: error
-- stage: 25
-- fix: add the year's row to factors/deflators.csv of the inventory (currency, year, series, value, citation), or give the amount in a unit such as USD@2022
-- citation: docs/tables.md
select a.source_id, a.file_no, a.row_no, 'activity:' || a.activity_id as subject, 'both' as basis,
    case when a.unit <> 'USD' and r.currency is null then 'no exchange rate of ' || a.unit || ' for ' || year(a.month) else 'no price index for ' || year(a.month) end
        || ', the year of the row; no other year is taken in its place' as message
from activity_counted a
join (select distinct currency from deflator) c on c.currency = a.unit
left join money_unit m on m.currency = a.unit and m.price_year = year(a.month)
left join deflator r on r.currency = a.unit and r.year = year(a.month) and r.series = 'usd_per_unit'
where a.counts and m.unit is null
