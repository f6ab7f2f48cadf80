-- rule: method/embodied-beyond-whole
-- severity: error
-- stage: 21
-- of: method_activity
-- fix: correct the operands: no more time than the device lives, no more resources than it has
-- citation: SCI specification 1.1.0 (ISO/IEC 21031:2024), Embodied emissions, R093
select m.source_id, m.file_no, m.row_no, 'activity:' || m.activity_id as subject, 'both' as basis,
    replace(a.operand, '_', ' ') || ' (' || concat_ws(' ', left(a.value_text, 80), nullif(a.unit_text, '1')) || ') is more than ' || replace(b.operand, '_', ' ') || ' ('
        || concat_ws(' ', left(b.value_text, 80), nullif(b.unit_text, '1')) || ')' as message
from method_activity m
join operand_number a on a.source_id = m.source_id and a.file_no = m.file_no and a.row_no = m.row_no and a.part = m.part
join operand_number b on b.source_id = m.source_id and b.file_no = m.file_no and b.row_no = m.row_no and b.part = m.part
    and b.operand = case a.operand when 'time_reserved' then 'expected_lifespan' when 'resources_reserved' then 'total_resources' end
where plus(a.base_number, negative(b.base_number)).m > 0
