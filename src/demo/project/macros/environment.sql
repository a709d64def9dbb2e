{# What a pull request owns: the schema that CI_TAG names. #}
{% macro create_environment() %}
  {% do run_query('create schema if not exists ' ~ adapter.quote(env_var('CI_TAG'))) %}
  {{ log('environment ' ~ env_var('CI_TAG') ~ ' is there', info=True) }}
{% endmacro %}
{# Its end, with all that is in it. #}
{% macro drop_environment() %}
  {% do run_query('drop schema if exists ' ~ adapter.quote(env_var('CI_TAG')) ~ ' cascade') %}
  {{ log('environment ' ~ env_var('CI_TAG') ~ ' is gone', info=True) }}
{% endmacro %}
