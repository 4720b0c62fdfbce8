"""What kind of folder a project lies in: in some, other computers act behind our back."""

from __future__ import annotations

import os
import re
from pathlib import Path

import psutil

from annotator.language import tr

_CLOUDS = (
    ("Dropbox", r"Dropbox( \(.*\))?"),
    ("OneDrive", r"OneDrive( ?-.*)?"),
    ("Google Drive", r"Google ?Drive|GoogleDrive-.*|My Drive"),
    ("iCloud", r"iCloud ?Drive|Mobile Documents|com~apple~CloudDocs"),
    ("Nextcloud", r"Nextcloud.*|ownCloud.*"),
    ("Box", r"Box Sync|Box-.*"),
    ("pCloud", r"pCloud ?Drive"),
    ("MEGA", r"MEGA|MEGAsync.*"),
)
_MARKERS = ((".stfolder", "Syncthing"), (".dropbox", "Dropbox"), (".owncloudsync.log", "Nextcloud"))
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|afs|ncpfs|9p|afpfs|webdav|davfs\d?|ceph|glusterfs|lustre|vboxsf|vmhgfs"
    r"|fuse\.\w*(ssh|sftp|rclone|drive|s3|gcs|dav|vmhgfs|gvfsd)[\w\-]*"
)


def shared(path: Path) -> str | None:
    """How the folder of this path is shared with other computers, in words; None where it is not."""
    folder = path.absolute().parent
    for name in reversed(folder.parts):
        for cloud, pattern in _CLOUDS:
            if re.fullmatch(pattern, name, re.IGNORECASE):
                return tr("a {cloud} folder", cloud=cloud)
    for above in (folder, *folder.parents):
        for marker, cloud in _MARKERS:
            if (above / marker).exists():
                return tr("a {cloud} folder", cloud=cloud)
    return tr("a network folder") if _is_remote(folder) else None


def _is_remote(folder: Path) -> bool:
    """Whether another computer keeps the folder."""
    where = str(folder.resolve())
    if where.startswith(("\\\\", "//")):
        return True
    found = [
        part
        for part in psutil.disk_partitions(all=True)
        if where == part.mountpoint or where.startswith(part.mountpoint.rstrip(os.sep) + os.sep)
    ]
    if not found:
        return False
    # Of two that are mounted on one another, the later one is seen.
    nearest = max(reversed(found), key=lambda part: len(part.mountpoint))
    return bool(_NETWORK.fullmatch(nearest.fstype.lower())) or "remote" in nearest.opts.split(",")
