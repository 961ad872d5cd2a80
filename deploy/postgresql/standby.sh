#!/usr/bin/env bash
# PostgreSQL with a standby that has every entry before its "saved" is shown.
#
#   standby.sh primary     DATA PORT [ADDRESS]   makes a server, or lets one that runs have a standby at ADDRESS
#   standby.sh standby     DATA PORT HOST PORT   copies the primary and follows it
#   standby.sh synchronous PORT                  from now on the primary waits for its standby (remote_apply)
#   standby.sh alone       PORT                  it waits no more: the standby is gone for longer
#   standby.sh promote     PORT                  the standby becomes the primary; the old one must stay off
#   standby.sh state       PORT                  who follows, how far behind, whether a save waits for it
#   standby.sh pair        FOLDER PORT PORT      all of it on this machine, to practise (believes every local user)
#   standby.sh stop        DATA
#
# Nobody can make both machines acknowledge different entries: a primary that has lost its standby
# acknowledges nothing until it is back, or until somebody says `alone`.
#
# PGBIN: folder of PostgreSQL's programs.   RUN_AS: its user, when root calls (postgres).
# SOCKETS: folder of its sockets.           REPLICATION_PASSWORD: of the role that copies.
# LISTEN: addresses at which a new server hears.
# START: command that starts the standby, where a packager's own is to be used.
set -euo pipefail

NAME=clinic_standby      # of the standby, of its slot
ROLE=clinic_replication
PGBIN=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
PGBIN=${PGBIN:-$(dirname "$(command -v pg_ctl)")}
RUN_AS=${RUN_AS:-postgres}
SOCKETS=${SOCKETS:-$([ -d /var/run/postgresql ] && echo /var/run/postgresql || echo /tmp)}
LOCAL='^(127\.0\.0\.1|::1|localhost)$'

fail() { echo "$1" >&2; exit 1; }
usage() { sed -n '2,20s/^# \{0,1\}//p' "$0"; exit 2; }
as_owner() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u "$RUN_AS" -- "$@"); else "$@"; fi; }
sql() { as_owner "$PGBIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$SOCKETS" -p "$1" -d postgres "${@:3}" -c "$2"; }
start() { as_owner "$PGBIN/pg_ctl" -D "$1" -l "$1/server.log" -w -t 60 start >/dev/null; }

folder() {
  if [ "$(id -u)" = 0 ]; then install -d -m 700 -o "$RUN_AS" "$1"; else install -d -m 700 "$1"; fi
}

settings() { # DATA PORT HOSTS: what a server of ours is told besides its own
  as_owner tee -a "$1/postgresql.conf" >/dev/null <<END
port = $2
listen_addresses = '$3'
unix_socket_directories = '$SOCKETS'
fsync = on
full_page_writes = on
timezone = 'UTC'
END
}

reload_until() { # PORT QUERY WORD: reload, and wait until the query says the word
  sql "$1" "SELECT pg_reload_conf()" >/dev/null
  for _ in $(seq 120); do
    [ "$(sql "$1" "$2" 2>/dev/null || true)" = "$3" ] && return
    sleep 0.5
  done
  fail "It did not come to: $3. Look into the log of the server."
}

primary() {
  local data=$1 port=$2 address=${3:-127.0.0.1}
  if [ ! -e "$data/PG_VERSION" ]; then
    folder "$data"
    as_owner "$PGBIN/initdb" -D "$data" --encoding=UTF8 --locale=C.UTF-8 --data-checksums \
      --auth-local=peer --auth-host=scram-sha-256 --username=postgres >/dev/null
    settings "$data" "$port" "${LISTEN:-127.0.0.1}"
    [ -z "${TRIAL:-}" ] || as_owner tee "$data/pg_hba.conf" >/dev/null <<<$'local all all trust\nhost all all 127.0.0.1/32 trust'
    start "$data"
  fi
  local password=${REPLICATION_PASSWORD:-$(od -An -tx1 -N24 /dev/urandom | tr -d ' \n')}
  sql "$port" "DO \$\$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$ROLE') THEN
    CREATE ROLE $ROLE LOGIN REPLICATION PASSWORD '$password'; END IF; END \$\$"
  [ -z "${REPLICATION_PASSWORD:-}" ] || sql "$port" "ALTER ROLE $ROLE PASSWORD '$password'"
  sql "$port" "SELECT pg_create_physical_replication_slot('$NAME') WHERE NOT EXISTS
    (SELECT FROM pg_replication_slots WHERE slot_name = '$NAME')" >/dev/null
  sql "$port" "ALTER SYSTEM SET wal_level = replica"
  sql "$port" "ALTER SYSTEM SET max_slot_wal_keep_size = '8GB'" # a standby that is away does not fill the disk
  allow "$port" "$address"
  [ "$(sql "$port" 'SHOW wal_level')" = replica ] || fail "Restart the server once: its log becomes one that can be followed."
}

allow() { # PORT ADDRESS: from there the copying role may come, encrypted unless it is this machine
  local file kind=hostssl mask=/32 how=scram-sha-256
  file=$(sql "$1" "SHOW hba_file")
  if [[ "$2" =~ $LOCAL ]]; then kind=host; fi
  if [[ "$2" == *:* ]]; then mask=/128; fi
  if [ -n "${TRIAL:-}" ]; then how=trust; fi
  local line="$kind replication $ROLE $2$mask $how"
  as_owner grep -qxF "$line" "$file" || echo "$line" | as_owner tee -a "$file" >/dev/null
  sql "$1" "SELECT pg_reload_conf()" >/dev/null
}

standby() {
  local data=$1 port=$2 host=$3 from=$4 mode=verify-full
  [ ! -e "$data/PG_VERSION" ] || fail "$data holds a server already: nothing is written over it."
  if [[ "$host" =~ $LOCAL ]]; then mode=prefer; fi
  folder "$data"
  PGPASSWORD=${REPLICATION_PASSWORD:-} as_owner "$PGBIN/pg_basebackup" -D "$data" -R -X stream -S "$NAME" -c fast -w \
    -d "host=$host port=$from user=$ROLE sslmode=$mode application_name=$NAME connect_timeout=5"
  if [ -z "${START:-}" ]; then
    # A packager may keep these two elsewhere: then they do not come with the copy.
    [ -e "$data/pg_hba.conf" ] || as_owner tee "$data/pg_hba.conf" >/dev/null <<<$'local all all peer\nhost all all all scram-sha-256'
    settings "$data" "$port" "${LISTEN:-127.0.0.1}"
    start "$data"
  else
    $START
  fi
  [ "$(sql "$port" "SELECT pg_is_in_recovery()")" = t ] || fail "It runs, and follows nobody."
}

synchronous() {
  sql "$1" "ALTER SYSTEM SET synchronous_commit = remote_apply"
  sql "$1" "ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 ($NAME)'"
  reload_until "$1" "SELECT sync_state FROM pg_stat_replication WHERE application_name = '$NAME'" sync
}

alone() {
  sql "$1" "ALTER SYSTEM SET synchronous_standby_names = ''"
  reload_until "$1" "SHOW synchronous_standby_names" ""
}

promote() {
  [ "$(sql "$1" "SELECT pg_is_in_recovery()")" = t ] || fail "It follows nobody: it is a primary already."
  [ "$(sql "$1" "SELECT pg_promote(true, 60)")" = t ] || fail "It could not be promoted within a minute."
  # It has no standby of its own yet, and would wait for one.
  alone "$1"
  sql "$1" "SELECT pg_create_physical_replication_slot('$NAME') WHERE NOT EXISTS
    (SELECT FROM pg_replication_slots WHERE slot_name = '$NAME')" >/dev/null
}

state() {
  if [ "$(sql "$1" "SELECT pg_is_in_recovery()")" = t ]; then
    sql "$1" "SELECT 'standby: ' || coalesce((SELECT status FROM pg_stat_wal_receiver), 'NOT CONNECTED')
      || ', newest entry ' || coalesce(pg_last_xact_replay_timestamp()::text, 'none')"
  else
    sql "$1" "SELECT 'primary: a save waits for ' || coalesce(nullif(current_setting('synchronous_standby_names'), ''), 'nobody')"
    sql "$1" "SELECT application_name || ': ' || sync_state || ', ' || state || ', behind by '
      || coalesce(replay_lag::text, 'nothing') FROM pg_stat_replication"
  fi
}

pair() {
  export TRIAL=1
  if [ "$(id -u)" = 0 ]; then install -d -m 711 "$1"; else install -d "$1"; fi
  primary "$1/one" "$2"
  standby "$1/two" "$3" 127.0.0.1 "$2"
  synchronous "$2"
  sql "$2" "SELECT 1 FROM pg_database WHERE datname = 'clinic'" | grep -q 1 || sql "$2" "CREATE DATABASE clinic"
  echo "postgresql://clinic_app@127.0.0.1:$2,127.0.0.1:$3/clinic?target_session_attrs=read-write&connect_timeout=3"
}

case "${1:-}/$#" in
  primary/3 | primary/4 | standby/5 | synchronous/2 | alone/2 | promote/2 | state/2 | pair/4) "$@" ;;
  stop/2) as_owner "$PGBIN/pg_ctl" -D "$2" -m fast -w stop >/dev/null ;;
  *) usage ;;
esac
