select max(page_visitors.visitors) as busiest, max(daily_visits.visits) as most_visits from {{ ref('page_visitors') }}, {{ ref('daily_visits') }}
