-- Decimal floating numbers for the operands of methods: {m, e} is m x 10^e, m a HUGEINT of at most 37 digits. The engine divides decimals as binary floating point,
-- and a fixed scale loses small operands, so mantissas are multiplied and divided as integers. A mantissa is cut to 18 digits (half away from zero) only before
-- it is multiplied again: each step keeps at least 18 significant digits, and products of up to 18 digits are exact. No number: m is NULL.
-- A list of the operands and a lambda bind each operand once; written out, nested calls would grow without bound.
create macro digit_count(m) as length(cast(abs(m) as varchar));
create macro power_of_ten(k) as cast('1' || repeat('0', cast(greatest(least(k, 38), 0) as integer)) as hugeint);
create macro moved(m, k) as case when k <= 0 then m * power_of_ten(-k) when k > 38 then cast(0 as hugeint)
    else cast(sign(m) as hugeint) * ((abs(m) + power_of_ten(k) // 2) // power_of_ten(k)) end;
create macro is_short(v) as abs(v.m) < 1000000000000000000::hugeint;
create macro short(x) as list_transform([x], lambda v: case when is_short(v) then v
    else {'m': moved(v.m, digit_count(v.m) - 18), 'e': cast(v.e + digit_count(v.m) - 18 as integer)} end)[1];
create macro times(x, y) as list_reduce([short(x), short(y)], lambda a, b: {'m': a.m * b.m, 'e': cast(a.e + b.e as integer)});
-- The dividend is filled up to 37 digits, so that the quotient has 18 or more; a divisor of zero gives nothing.
create macro over(x, y) as list_reduce([short(x), short(y)], lambda a, b: {
    'm': cast(sign(a.m) * sign(b.m) as hugeint) * ((2 * abs(a.m) * power_of_ten(37 - digit_count(a.m)) + abs(b.m)) // nullif(2 * abs(b.m), 0)),
    'e': cast(a.e - b.e - (37 - digit_count(a.m)) as integer)});
create macro lowest(a, b) as greatest(least(a.e, b.e), greatest(digit_count(a.m) + a.e, digit_count(b.m) + b.e) - 36);
create macro aligned_sum(a, b) as {'m': case when a.m = 0 then b.m when b.m = 0 then a.m else moved(a.m, lowest(a, b) - a.e) + moved(b.m, lowest(a, b) - b.e) end,
    'e': cast(case when a.m = 0 then b.e when b.m = 0 then a.e else lowest(a, b) end as integer)};
create macro plus(x, y) as list_reduce([x, y], lambda a, b: aligned_sum(a, b));
create macro negative(x) as list_transform([x], lambda v: {'m': -v.m, 'e': v.e})[1];
create macro product_of(numbers) as list_reduce(numbers, lambda a, b: times(a, b));
create macro sum_of(numbers) as list_reduce(numbers, lambda a, b: aligned_sum(a, b));
-- A plain or scientific decimal of up to 36 digits, as text; nothing where it has more.
create macro decimal_number(digits, decimals, exponent) as {'m': case when length(ltrim(digits, '+-0')) <= 36 then try_cast(ltrim(digits, '+') as hugeint) end,
    'e': cast(exponent - decimals as integer)};
create macro number_of(t) as decimal_number(replace(regexp_extract(t, '^[+-]?[0-9.]+'), '.', ''), length(regexp_extract(t, '\.([0-9]*)', 1)),
    coalesce(try_cast(regexp_extract(t, '[eE]([+-]?[0-9]+)$', 1) as integer), 0));
create macro whole_number(n) as {'m': cast(n as hugeint), 'e': cast(0 as integer)};
-- As text: rounded half away from zero to 10 decimals where it is below 1e13, what an activity can hold; else in full, for the check of size.
create macro is_ordinary(x) as digit_count(x.m) + x.e <= 13;
create macro number_text(x) as list_transform([x], lambda v: case when digit_count(v.m) + v.e <= 13
    then cast(cast(cast(moved(v.m, -(v.e + 10)) as decimal(38,0)) * 0.0000000001 as decimal(38,10)) as varchar) else v.m || 'e' || v.e end)[1];
-- Whether 10 decimals lose more than a billionth of a number: what rounding leaves against the mantissa.
create macro has_lost_digits(x) as list_transform([x], lambda v: v.e < -10 and abs(v.m - moved(v.m, -(v.e + 10)) * power_of_ten(-(v.e + 10))) > abs(v.m) // 1000000000)[1];
create macro plain_text(t) as case when contains(t, '.') then rtrim(rtrim(t, '0'), '.') else t end;
