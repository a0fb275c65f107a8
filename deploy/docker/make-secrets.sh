#!/usr/bin/env bash
# Makes the cluster's secrets, once: what is there stays. Keep the folder: without installation.key shoppers' tokens end, and
# signing secrets of stores cannot be read any more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
umask 077
mkdir -p secrets
cd secrets

random() { openssl rand -hex "$1"; }
keep() { [ -e "$1" ] || printf '%s\n' "$2" >"$1"; }

keep postgres "$(random 24)"
keep redis-password "$(random 24)"
keep grafana "$(random 12)"
keep installation.key "$(random 32)"
keep admin.key "adm_$(random 24)"
keep SmartService__Cluster__Database "Host=postgres;Username=smartservice;Database=smartservice;Password=$(cat postgres)"
keep SmartService__Cluster__Redis "redis:6379,password=$(cat redis-password)"

# Containers read them under other users' numbers; the folder itself is yours alone.
chmod 0444 ./*
printf 'Secrets are in %s\n' "$PWD"
