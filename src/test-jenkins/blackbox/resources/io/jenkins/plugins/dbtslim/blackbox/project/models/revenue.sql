select c.id, c.name, o.amount from {{ ref('customers') }} c join {{ ref('orders') }} o on o.customer = c.id
