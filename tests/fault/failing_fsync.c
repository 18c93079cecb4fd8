// Preloaded into criptd: while the file $FAULT_FLAG exists, fsync and fdatasync of a database file or its
// write-ahead log fail with EIO, as on a dying disk. Each refusal adds a byte to $FAULT_FLAG, so that a test
// can see that it happened.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int ends_with(const char* text, size_t length, const char* end) {
    const size_t size = strlen(end);
    return length >= size && memcmp(text + length - size, end, size) == 0;
}

static int is_database(int fd) {
    char link[64];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, sizeof path);
    return length > 0 && (ends_with(path, (size_t)length, "-wal") || ends_with(path, (size_t)length, ".db"));
}

static int refuses(int fd) {
    const char* flag = getenv("FAULT_FLAG");
    if (!flag || access(flag, F_OK) != 0 || !is_database(fd)) return 0;
    const int marks =
        open(flag, O_WRONLY | O_APPEND);  // never creates: the test may be removing it right now
    if (marks < 0) return 0;
    const ssize_t written = write(marks, "x", 1);
    close(marks);
    return written == 1;
}

static int pass_on(const char* name, int fd) {
    int (*real)(int) = NULL;
    *(void**)&real = dlsym(RTLD_NEXT, name);  // the cast POSIX recommends
    return real(fd);
}

int fsync(int fd) {
    if (refuses(fd)) {
        errno = EIO;
        return -1;
    }
    return pass_on("fsync", fd);
}

int fdatasync(int fd) {
    if (refuses(fd)) {
        errno = EIO;
        return -1;
    }
    return pass_on("fdatasync", fd);
}
