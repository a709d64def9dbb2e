select
    o.order_id,
    o.customer_id,
    o.ordered_on,
    sum(i.quantity * p.price_cents) / 100.0 - sum(i.discount) as total
from {{ ref('stg_orders') }} o
join {{ ref('stg_order_items') }} i using (order_id)
join {{ ref('stg_products') }} p using (product_id)
group by 1, 2, 3
