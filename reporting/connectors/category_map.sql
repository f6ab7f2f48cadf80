-- connector: category_map
-- title: A company's own map from its accounts, categories and suppliers to activity types
-- formats: csv, xlsx
-- gives: reference
-- required: column, pattern, activity_type, reason
-- columns: column, pattern, activity_type, reason
-- natural_key: none; the first row that fits is taken
-- A source of the inventory like any other, which a purchase ledger names in its option `map`. `column` is account, category, supplier, description or naics, `pattern` a text in which * stands for any
-- other, whatever the case of its letters. An empty `activity_type` leaves the lines out, for the reason given (wages, taxes, what another source holds). A map makes no activities of its own.
select 1 where false;
