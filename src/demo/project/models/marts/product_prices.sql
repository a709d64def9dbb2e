select product_id, product_name, price_cents / 100.0 as price from {{ ref('stg_products') }}
