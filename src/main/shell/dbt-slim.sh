#!/bin/sh
# Java reads the names of files by the locale, and with none it knows ASCII only; many containers set none.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
'' | C | POSIX) LC_ALL=C.UTF-8 && export LC_ALL ;;
esac
exec java -XX:TieredStopAtLevel=1 -jar "$0" "$@"
