/* Fails, or dies at, the n-th step that writes beneath one folder: SQLite's, Chroma's and Python's.

   Loaded before the C library (LD_PRELOAD), so nothing of the product knows of it. A step is a
   call that changes a file or a folder, or has it reach the disk. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NOTHING, ERROR_ONCE, ERROR_FOR_GOOD, KILL, TORN };

static char root[4096];
static volatile long step, at;
static volatile int kind, number;

/* Count steps beneath a folder from now on; the `n`-th is broken in a way, with an errno. */
void breaking_arm(const char *folder, long n, int way, int error) {
    strncpy(root, folder, sizeof root - 1);
    step = 0, at = n, kind = way, number = error;
}

long breaking_disarm(void) {
    root[0] = 0;
    return step;
}

/* Return how many steps there were up to now. */
long breaking_steps(void) {
    return step;
}

static int within(const char *path) {
    size_t length = strlen(root);
    return length && !strncmp(path, root, length) && (path[length] == '/' || !path[length]);
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    path[length > 0 ? length : 0] = 0;
    return length > 0;
}

static int fd_within(int fd) {
    char path[4096];
    return root[0] && path_of(fd, path) && within(path);
}

static int at_within(int folder, const char *path) {
    if (!root[0]) return 0;
    return path[0] == '/' || folder == AT_FDCWD ? within(path) : fd_within(folder);
}

/* Return 1 if this step must fail; `needs_space` tells what a full disk refuses. */
static int broken(int needs_space) {
    long now = __sync_add_and_fetch(&step, 1);
    if (now < at || kind == NOTHING) return 0;
    if (kind == KILL || kind == TORN) raise(SIGKILL);
    if (kind == ERROR_ONCE && now > at) return 0;
    if (number == ENOSPC && !needs_space) return 0;
    errno = number;
    return 1;
}

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))
#define STEP(inside, needs_space) if ((inside) && broken(needs_space)) return -1

/* A torn write leaves its first half on the disk. */
#define TEAR(fd, call) \
    if (fd_within(fd)) { \
        if (kind == TORN && step + 1 == at) call; \
        STEP(1, 1); \
    }

ssize_t write(int fd, const void *data, size_t size) {
    TEAR(fd, REAL(write)(fd, data, size / 2));
    return REAL(write)(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    TEAR(fd, REAL(pwrite)(fd, data, size / 2, offset));
    return REAL(pwrite)(fd, data, size, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
    TEAR(fd, REAL(pwrite64)(fd, data, size / 2, offset));
    return REAL(pwrite64)(fd, data, size, offset);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    STEP(fd_within(fd), 1);
    return REAL(writev)(fd, parts, count);
}
ssize_t copy_file_range(int in, off64_t *a, int out, off64_t *b, size_t size, unsigned flags) {
    STEP(fd_within(out), 1);
    return REAL(copy_file_range)(in, a, out, b, size, flags);
}
ssize_t sendfile(int out, int in, off_t *offset, size_t size) {
    STEP(fd_within(out), 1);
    return ((ssize_t (*)(int, int, off_t *, size_t)) dlsym(RTLD_NEXT, "sendfile"))(out, in, offset, size);
}
int fallocate(int fd, int mode, off_t offset, off_t size) {
    STEP(fd_within(fd), 1);
    return REAL(fallocate)(fd, mode, offset, size);
}
int posix_fallocate(int fd, off_t offset, off_t size) {
    if (fd_within(fd) && broken(1)) return errno;
    return REAL(posix_fallocate)(fd, offset, size);
}
int fsync(int fd) {
    STEP(fd_within(fd), 1);
    return REAL(fsync)(fd);
}
int fdatasync(int fd) {
    STEP(fd_within(fd), 1);
    return REAL(fdatasync)(fd);
}
int ftruncate(int fd, off_t size) {
    STEP(fd_within(fd), size > 0);
    return REAL(ftruncate)(fd, size);
}
int ftruncate64(int fd, off64_t size) {
    STEP(fd_within(fd), size > 0);
    return REAL(ftruncate64)(fd, size);
}

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; \
        va_end(rest); \
        STEP((flags & O_CREAT) && at_within(AT_FDCWD, path) && access(path, F_OK), 1); \
        return REAL(name)(path, flags, mode); \
    }
#define OPENS_AT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; \
        va_end(rest); \
        STEP((flags & O_CREAT) && at_within(folder, path) && faccessat(folder, path, F_OK, 0), 1); \
        return REAL(name)(folder, path, flags, mode); \
    }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)

int mkdir(const char *path, mode_t mode) {
    STEP(at_within(AT_FDCWD, path), 1);
    return REAL(mkdir)(path, mode);
}
int mkdirat(int folder, const char *path, mode_t mode) {
    STEP(at_within(folder, path), 1);
    return REAL(mkdirat)(folder, path, mode);
}
int unlink(const char *path) {
    STEP(at_within(AT_FDCWD, path), 0);
    return REAL(unlink)(path);
}
int unlinkat(int folder, const char *path, int flags) {
    STEP(at_within(folder, path), 0);
    return REAL(unlinkat)(folder, path, flags);
}
int rmdir(const char *path) {
    STEP(at_within(AT_FDCWD, path), 0);
    return REAL(rmdir)(path);
}
int rename(const char *from, const char *to) {
    STEP(at_within(AT_FDCWD, to), 0);
    return REAL(rename)(from, to);
}
int renameat(int a, const char *from, int b, const char *to) {
    STEP(at_within(b, to), 0);
    return REAL(renameat)(a, from, b, to);
}
