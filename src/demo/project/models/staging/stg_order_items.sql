select
    id as order_item_id,
    order_id,
    product_id,
    quantity,
    {{ cents_to_euros('discount_cents') }} as discount
from {{ ref('raw_order_items') }}
