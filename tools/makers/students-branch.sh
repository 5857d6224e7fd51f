#!/bin/bash
# Replace the branch `students` of the repository at $ADDRESS by the students' copies
# that `make assignments` has made, with the same paths as the notebooks of `main`.
# $TOKEN, if there is one, lets GitHub write.
set -euo pipefail
cd "$(dirname "$0")/../.."
branch=$(mktemp -d)
trap 'rm -rf "$branch"' EXIT
mkdir "$branch/notebooks"
cp build/assignments/students/*/*.ipynb "$branch/notebooks/"
cp LICENSE LICENSE-text.md "$branch/"
cat > "$branch/README.md" <<END
# Pixelwise: students' copies

The notebooks of $ADDRESS without solutions, as the Colab buttons
open them. They are made from that repository: change nothing here.
END
cd "$branch"
git init --quiet --initial-branch students
git add .
git -c user.name="Pixelwise" -c user.email="pixelwise@users.noreply.github.com" \
	commit --quiet --message "Make the students' copies"
git push --quiet --force "${ADDRESS/:\/\//:\/\/${TOKEN:+x-access-token:$TOKEN@}}" students
