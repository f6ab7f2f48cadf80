-- rule: scope2/instrument-market
-- severity: error
-- stage: 5
-- fix: use the instrument in the market where it was generated (reporting/standards/instrument_markets.csv), and for sites inside it
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (5), R027
with bound as (
    select i.instrument_id, i.row_no, i.market, 'site ' || s.site as place, s.region from instrument i join site s on s.site = i.site
    union all
    select i.instrument_id, i.row_no, i.market, 'meter ' || m.meter, s.region from instrument i join meter m on m.meter = i.meter join site s on s.site = m.site
),
fault as (
    select i.instrument_id, i.row_no, 'was generated in ' || i.generated_in || ' and covers consumption in ' || i.market || ': these are two markets' as fault
    from instrument i join market_area g on g.region = i.generated_in join market_area m on m.region = i.market
    where g.market_area <> m.market_area
    union all
    select b.instrument_id, b.row_no, 'is bound to ' || b.place || ' in ' || b.region || ', outside its market ' || b.market
    from bound b anti join region_ancestor a on a.region = b.region and a.ancestor = b.market
    union all
    select i.instrument_id, i.row_no, 'covers "' || i.market || '", which is no market' from instrument i join region r on r.region = i.market and r.kind = 'world'
)
select null as source_id, null as file_no, row_no, 'instrument:' || instrument_id as subject, 'market' as basis, instrument_id || ' ' || fault as message from fault
