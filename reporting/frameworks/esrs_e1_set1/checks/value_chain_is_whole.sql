-- rule: E1-R53
-- clause: ESRS E1 AR 52
-- severity: error
-- wording: Own operations, upstream and downstream make the total, for both Scope 2 methods
-- fix: every line of Scope 3 has a category of 1 to 15: ghg trace of the total names those that have none
with v as (select datapoint, key, value from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null),
method(method) as (values ('location'), ('market'))
select 'E1-6_total_' || m.method as subject, plain_number(o.value) || ' + ' || plain_number(u.value) || ' + ' || plain_number(d.value) || ' is not ' || plain_number(w.value) as message
from method m join v w on w.datapoint = 'E1-6_total_' || m.method join v o on o.datapoint = 'E1-6_06_own_' || m.method
join v u on u.datapoint = 'E1-6_06_upstream' join v d on d.datapoint = 'E1-6_06_downstream'
where abs(o.value + u.value + d.value - w.value) > 0.000001
