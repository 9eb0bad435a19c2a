# Sourced by the other scripts: makes .venv where it is missing and installs what is asked for.
# Works on a machine that has only git and python3 with venv; the path may hold spaces.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=$root/.venv/bin/python

install() { # install GROUP...: the package with all extras, and the named dependency groups
  if [ ! -x "$python" ]; then
    "${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
      echo "fazhi_parse needs Python 3.11 or later; set PYTHON=/path/to/python3.11" >&2
      exit 1
    }
    "${PYTHON:-python3}" -m venv "$root/.venv"
  fi
  local stamp=$root/.venv/.installed-$(echo "$*" | tr ' ' '-') want
  want=$(cat "$root/pyproject.toml" "$root/constraints.txt" | cksum)
  [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && return
  local args=(-e "$root[all]")
  for group in "$@"; do
    while read -r requirement; do args+=("$requirement"); done < <("$python" - "$root/pyproject.toml" "$group" <<'PY'
import sys, tomllib
print(*tomllib.load(open(sys.argv[1], "rb"))["dependency-groups"][sys.argv[2]], sep="\n")
PY
)
  done
  "$python" -m pip install --quiet --disable-pip-version-check -c "$root/constraints.txt" "${args[@]}"
  echo "$want" >"$stamp"
}
