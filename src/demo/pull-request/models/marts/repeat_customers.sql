select customer_id, customer_name, orders from {{ ref('customer_revenue') }} where orders > 1
