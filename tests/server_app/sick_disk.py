"""Disks that fail: a small file system that can be filled, and a library that comes between SQLite and the disk."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static int is_on(const char *fault, char *path, size_t size) {
    snprintf(path, size, "%s/%s", getenv("SICK_DISK"), fault);
    return access(path, F_OK) == 0;
}

static int is_of_the_database(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, getenv("SICK_FILES")) != NULL;
}

/* 0: go on. Otherwise errno says what the call fails with. */
static int fails(int fd, const char *kind) {
    char path[4096], fault[64];
    if (!is_of_the_database(fd)) return 0;
    snprintf(fault, sizeof fault, "stuck-%s", kind);
    if (is_on(fault, path, sizeof path)) {
        strcat(path, "-now");
        close(open(path, O_CREAT | O_WRONLY, 0600));
        while (is_on(fault, path, sizeof path)) usleep(1000);
    }
    snprintf(fault, sizeof fault, "broken-%s", kind);
    if (is_on(fault, path, sizeof path)) return errno = EIO, 1;
    snprintf(fault, sizeof fault, "full-%s", kind);
    if (is_on(fault, path, sizeof path)) return errno = ENOSPC, 1;
    return 0;
}

/* The time of day is off by as many seconds as stand in a file. */
static time_t jumped(void) {
    char path[4096];
    long long seconds = 0;
    snprintf(path, sizeof path, "%s/clock", getenv("SICK_DISK"));
    FILE *file = fopen(path, "r");
    if (file == NULL) return 0;
    if (fscanf(file, "%lld", &seconds) != 1) seconds = 0;
    fclose(file);
    return (time_t)seconds;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
int fsync(int fd) { return fails(fd, "sync") ? -1 : NEXT(fsync)(fd); }
int fdatasync(int fd) { return fails(fd, "sync") ? -1 : NEXT(fdatasync)(fd); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) {
    return fails(fd, "write") ? -1 : NEXT(pwrite)(fd, data, n, at);
}
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
    return fails(fd, "write") ? -1 : NEXT(pwrite64)(fd, data, n, at);
}
ssize_t pread(int fd, void *data, size_t n, off_t at) { return fails(fd, "read") ? -1 : NEXT(pread)(fd, data, n, at); }
ssize_t pread64(int fd, void *data, size_t n, off64_t at) {
    return fails(fd, "read") ? -1 : NEXT(pread64)(fd, data, n, at);
}
int clock_gettime(clockid_t which, struct timespec *now) {
    int done = NEXT(clock_gettime)(which, now);
    if (which == CLOCK_REALTIME) now->tv_sec += jumped();
    return done;
}
"""


def built(folder: Path) -> Path:
    """The library; skips where it cannot be made."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux lets a library come between a program and its disk in this way")
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler to make a failing disk with")
    source, library = folder / "sick_disk.c", folder / "sick_disk.so"
    source.write_text(SHIM)
    done = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("the C compiler cannot make the library of a failing disk")
    return library


class SickDisk:
    """The disk of one database, as its process sees it, and its clock: `begin("stuck-sync")`, `begin("full-write")`.

    A fault is stuck, broken (EIO) or full (ENOSPC), and hits the calls that sync, write or read.
    """

    def __init__(self, library: Path, folder: Path) -> None:
        self._folder = folder
        self.database = folder / "hearth.db"
        self.environment = {
            "LD_PRELOAD": str(library),
            "SICK_DISK": str(folder),
            "SICK_FILES": str(self.database),
        }

    def begin(self, fault: str) -> None:
        (self._folder / fault).touch()

    def heal(self, fault: str) -> None:
        (self._folder / fault).unlink()

    def set_clock(self, seconds: int) -> None:
        """Have the process believe that it is so much later."""
        new = self._folder / "clock.new"
        new.write_text(str(seconds))
        new.rename(self._folder / "clock")

    def is_waiting(self, fault: str) -> bool:
        """Whether somebody waits for a stuck disk."""
        return (self._folder / f"{fault}-now").exists()


class SmallDisk:
    """A file system of a few megabytes, in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "hearth.db"
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Leave no room at all."""
        with self._filler.open("ab", buffering=0) as filler:
            for size in (65536, 512, 1):
                with contextlib.suppress(OSError):
                    while True:
                        filler.write(bytes(size))

    def make_room(self) -> None:
        self._filler.unlink()


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Mounted for a while; skips where that is not allowed."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let a small disk be mounted")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)
