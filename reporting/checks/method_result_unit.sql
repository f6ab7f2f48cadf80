-- rule: method/result-unit
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: correct the units of the operands, or the unit that the row asks for
-- citation: docs/methods.md
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    case when not d.agrees then 'the operands that method ' || m.method || ' adds have different dimensions'
        else 'the operands of method ' || m.method || ' multiply to ' || case when d.vector = '' then 'a number' else '"' || d.vector || '"' end
            || case when m.unit_given is not null then ', which is not in ' || m.unit_given else ', which is no unit' end end as message
from method_activity m join method_case k on k.source_id = m.source_id and k.file_no = m.file_no and k.row_no = m.row_no and k.part = m.part
join method_dimension d on d.case_no = k.case_no
anti join (select source_id, file_no, row_no from finding where rule like 'method/%') f
    on f.source_id = m.source_id and f.file_no = m.file_no and f.row_no = m.row_no
where d.unit is null or not d.agrees
