select id as visit_id, customer_id, cast(visited_on as date) as visited_on, page from {{ ref('raw_visits') }}
