select page, count(distinct customer_id) as visitors from {{ ref('stg_visits') }} group by 1
