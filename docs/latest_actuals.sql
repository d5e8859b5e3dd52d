-- The latest row of every figure, of uploads not withdrawn: what pandas makes of Store.read() by
-- drop_duplicates(FIGURE_KEY, keep="last"). `actuals` is the stored rows as a view; docs/scale.md says how to make it.
-- As of an entry: let the view hold only the rows with seq up to it.
-- No max_by(value, seq): DuckDB passes over rows whose value is missing, Spark does not, and columns would be mixed.
with kept as (
    select *
    from actuals
    where action = 'append'
        and actuals.row is not null
        and upload not in (select undoes from actuals where action = 'undo')
),

placed as (
    select
        kept.*,
        row_number() over (
            partition by region, indicator, period, basis, unit
            order by seq desc, kept.row desc
        ) as place
    from kept
)

select
    region, indicator, period, basis, value, unit, status, qualifier, published, source, link, note,
    value_text, unit_text, placed.row, upload, seq, uploaded_at, placed.user
from placed
where place = 1
order by region, indicator, period, basis, unit
