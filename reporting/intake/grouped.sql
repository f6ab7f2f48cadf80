-- The rows of `keyed` added up by everything but quantity and cost, every cell a text. Exact: sums do not depend on the order of rows or on threads.
-- A group in which one row has no number has none: it says how many rows have.
create or replace temp table grouped_row as
with added as (
    select * exclude (quantity, cost), sum(quantity) as quantity, count(quantity) as quantities, sum(cost) as cost, count(cost) as costs, count(*) as lines
    from keyed group by all
),
told as (
    select * exclude (quantity, quantities, cost, costs, lines), case when quantities = lines then quantity::varchar when quantities = 0 then null
            else quantities || ' of ' || lines || ' rows have a number' end as quantity,
        case when costs = lines then cost::varchar when costs = 0 then null else costs || ' of ' || lines || ' rows have a number' end as cost, lines
    from added
),
text as (select columns(*)::varchar from told)
select row_number() over (order by cells) as row_no, cells from (select list_value(*columns(*)) as cells from text);
