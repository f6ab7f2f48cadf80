-- title: Disclosure index
-- lead: Every datapoint of this framework: its clause, its status, the section of this report where it stands, and the figure or that a text answers it. Datapoints marked * are mandatory. What nobody could compute is left to a person, by name.
-- place: each
-- order: 900
-- columns: datapoint=Datapoint; clause=Clause; status=Status; place=Section; answer=Figure, text or reason
select datapoint || case when is_mandatory then ' *' else '' end as datapoint, clause, case status when 'needs_person' then 'left to a person' else replace(status, '_', ' ') end as status,
    place, case when answer = '' and status = 'needs_person' and reason like 'no text: %' then 'no text yet' when answer = '' then reason when kind = 'text' then 'text' else answer end as answer
from disclosure_index where framework = getvariable('framework') and period = getvariable('period') order by position
