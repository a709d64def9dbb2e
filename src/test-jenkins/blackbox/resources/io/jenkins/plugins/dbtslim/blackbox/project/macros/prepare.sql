{% macro prepare() %}{% do log("prepared", info=true) %}{% endmacro %}
