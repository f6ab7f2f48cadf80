-- rule: statement/part-denied
-- severity: error
-- stage: 17
-- of: vendor_statement
-- fix: ask for access to the subscriptions that were denied and export again, or leave them out of the request where they are not the company's
-- citation: docs/formats/azure_carbon.md
select v.source_id, v.file_no, null as row_no, 'file:' || v.file_no || ' denied' as subject, 'both' as basis,
    'the answer was denied for a subscription that was asked for: what it emitted is not in the file' as message
from vendor_statement v
join source_column k on k.source_id = v.source_id and k.file_no = v.file_no and k.name = '/subscriptionAccessDecisionList.decision'
join source_row r on r.source_id = v.source_id and r.file_no = v.file_no and r.row_no = v.row_no
where r.cells[k.position] like '%Denied%'
group by v.source_id, v.file_no
