select visited_on, count(*) as visits from {{ ref('stg_visits') }} group by 1
