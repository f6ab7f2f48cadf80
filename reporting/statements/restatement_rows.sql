-- title: Rows behind the changes
-- lead: For the totals of the first framework and each cause the five rows that move them most, by what they add in kg CO2e. The command ghg diff lists the rows of any figure.
-- place: annex
-- order: 5
-- columns: cause=Cause; place=Row; quantity=Quantity; amount=Adds|3; figure=Figure
with chosen as (
    select r.* from restatement_row r join restatement_figure f on f.figure_id = r.figure_id
    where f.framework = (select framework from framework order by position, framework limit 1)
),
numbered as (from chosen qualify row_number() over (partition by figure_id, cause order by position) <= 5)
select cause, coalesce(file || ':' || row_no, file) || ' ' || activity_id as place, case when old_quantity = new_quantity then new_quantity
    else coalesce(nullif(old_quantity, ''), 'nothing') || ' to ' || coalesce(nullif(new_quantity, ''), 'nothing') end as quantity, amount, figure_id || ', ' || unit as figure
from numbered order by position
