/*
 * The calls that are looked at. As a shared library (LD_PRELOAD) these are the C library's names;
 * linked into a static program with -DWRAP and -Wl,--wrap=…, the linker's. The calls themselves go
 * to the kernel directly.
 */
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef WRAP
#define NAME(name) __wrap_##name
#else
#define NAME(name) name
#endif

static uint64_t fork_begin;

static void before_fork(void)
{
	fork_begin = now();
}

static void in_child(void)
{
	log_event("fork", -1, "parent", getppid(), fork_begin);
}

static __attribute__((constructor)) void start(void)
{
	open_log();
	pthread_atfork(before_fork, NULL, in_child);
}

int NAME(ioctl)(int fd, unsigned long request, ...)
{
	struct taken before;
	va_list arguments;

	va_start(arguments, request);
	void *argument = va_arg(arguments, void *);
	va_end(arguments);
	request = (unsigned int)request;
	int kept = errno;
	int logged = (request & 0xff00) == 0x3b00 && (known_request(request) || (request & 0xff) >= 0x80) && find_out(fd);
	if (logged)
		take(&before, request, argument);
	uint64_t begin = logged ? now() : 0;
	errno = kept;
	int ret = syscall(SYS_ioctl, fd, request, argument);
	if (logged) {
		kept = errno;
		log_call(fd, request, &before, argument, ret, kept, begin);
		errno = kept;
	}
	return ret;
}

static int opened(int fd, uint64_t begin)
{
	int kept = errno;

	if (fd >= 0) {
		track(fd, TRACKED_NONE);
		if (find_out(fd))
			log_event("open", fd, NULL, 0, begin);
	}
	errno = kept;
	return fd;
}

static int open_at(int folder, const char *path, int flags, unsigned int mode)
{
	uint64_t begin = now();

	return opened(syscall(SYS_openat, folder, path, flags, mode), begin);
}

/* The mode is there only with O_CREAT and O_TMPFILE; read where it is not, it is not used. */
#define OPEN(name)                                                            \
	int NAME(name)(const char *path, int flags, ...)                      \
	{                                                                     \
		va_list arguments;                                            \
		va_start(arguments, flags);                                   \
		unsigned int mode = va_arg(arguments, unsigned int);          \
		va_end(arguments);                                            \
		return open_at(AT_FDCWD, path, flags, mode);                  \
	}
#define OPENAT(name)                                                          \
	int NAME(name)(int folder, const char *path, int flags, ...)          \
	{                                                                     \
		va_list arguments;                                            \
		va_start(arguments, flags);                                   \
		unsigned int mode = va_arg(arguments, unsigned int);          \
		va_end(arguments);                                            \
		return open_at(folder, path, flags, mode);                    \
	}

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int NAME(__open_2)(const char *path, int flags)
{
	return open_at(AT_FDCWD, path, flags, 0);
}

int NAME(__open64_2)(const char *path, int flags)
{
	return open_at(AT_FDCWD, path, flags, 0);
}

int NAME(close)(int fd)
{
	enum tracked was = tracked(fd);
	uint64_t begin = was ? now() : 0;

	track(fd, TRACKED_NONE);
	int ret = syscall(SYS_close, fd);
	int kept = errno;
	if (was)
		log_event("close", fd, NULL, 0, begin);
	errno = kept;
	return ret;
}

static int duplicated(int from, int to, uint64_t begin)
{
	int kept = errno;

	if (to >= 0 && to != from) {
		enum tracked was = tracked(from);
		track(to, was);
		if (was)
			log_event("dup", to, "from", from, begin);
	}
	errno = kept;
	return to;
}

int NAME(dup)(int fd)
{
	uint64_t begin = now();

	return duplicated(fd, syscall(SYS_dup, fd), begin);
}

int NAME(dup2)(int fd, int to)
{
	uint64_t begin = now();

	return duplicated(fd, syscall(SYS_dup2, fd, to), begin);
}

int NAME(dup3)(int fd, int to, int flags)
{
	uint64_t begin = now();

	return duplicated(fd, syscall(SYS_dup3, fd, to, flags), begin);
}

/* Mappings of an iommufd: each holds the object that it is of. */
#define MAPS 64
static struct {
	void *at;
	int fd;
	off_t offset;
} maps[MAPS];

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	int logged = fd >= 0 && tracked(fd) == TRACKED_IOMMU;
	uint64_t begin = logged ? now() : 0;
	void *at = (void *)syscall(SYS_mmap, address, length, protection, flags, fd, offset);
	int kept = errno;

	if (logged && at != MAP_FAILED) {
		for (int i = 0; i < MAPS; i++) {
			if (maps[i].at)
				continue;
			maps[i].at = at;
			maps[i].fd = fd;
			maps[i].offset = offset;
			break;
		}
		log_event("mmap", fd, "offset", offset, begin);
	}
	errno = kept;
	return at;
}

void *NAME(mmap)(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return map(address, length, protection, flags, fd, offset);
}

void *NAME(mmap64)(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return map(address, length, protection, flags, fd, offset);
}

int NAME(munmap)(void *address, size_t length)
{
	uint64_t begin = now();
	int ret = syscall(SYS_munmap, address, length);
	int kept = errno;

	for (int i = 0; i < MAPS && ret == 0; i++) {
		if (!maps[i].at || maps[i].at != address)
			continue;
		maps[i].at = NULL;
		log_event("munmap", maps[i].fd, "offset", maps[i].offset, begin);
		break;
	}
	errno = kept;
	return ret;
}
