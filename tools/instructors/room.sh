#!/bin/sh
# Run a command in new namespaces, where it sees a file system of its own:
#     unshare --mount --pid --net … sh room.sh BYTES ro:PATH … rw:PATH … -- COMMAND
# Only the PATHs named are in it, beside /tmp (empty, BYTES large), /proc and /dev.
set -e
PATH=$PATH:/usr/sbin:/sbin # pivot_root is an administrator's command
room=$(mktemp -d)
mount -t tmpfs -o "size=$1,mode=755" room "$room"
shift
mkdir "$room/tmp" "$room/proc" "$room/dev" "$room/before"
chmod 1777 "$room/tmp"
while [ "$1" != -- ]; do
    path=${1#r?:}
    if [ -d "$path" ]; then
        mkdir -p "$room$path"
    else
        mkdir -p "$room${path%/*}"
        : >"$room$path"
    fi
    mount --bind "$path" "$room$path"
    case $1 in ro:*) mount -o remount,bind,ro "$room$path" ;; esac
    shift
done
shift
for device in null zero random urandom; do
    : >"$room/dev/$device"
    mount --bind "/dev/$device" "$room/dev/$device"
done
mkdir -m 1777 "$room/dev/shm"
mount -t proc proc "$room/proc"
# Writing there would change the machine itself.
mount --bind "$room/proc/sys" "$room/proc/sys"
mount -o remount,bind,ro "$room/proc/sys"
cd "$room"
pivot_root . before
umount -l /before
rmdir /before
cd /tmp
exec "$@"
