select id as product_id, name as product_name, price_cents from {{ ref('raw_products') }}
