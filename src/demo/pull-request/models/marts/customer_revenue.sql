select
    c.customer_id,
    c.customer_name,
    c.country,
    coalesce(sum(t.total), 0) as revenue,
    count(t.order_id) as orders
from {{ ref('stg_customers') }} c
left join {{ ref('order_totals') }} t using (customer_id)
group by 1, 2, 3
