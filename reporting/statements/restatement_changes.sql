-- title: What changed in the inputs
-- lead: By cause: files, rows, corrections, exclusions, instruments, entities, factor sets and everything that inventory.yaml states, as they were in the version before and as they are.
-- place: annex
-- order: 4
-- columns: cause=Cause; subject=What; old=Before; new=Now
select cause, subject, old, new from restatement_change order by position
