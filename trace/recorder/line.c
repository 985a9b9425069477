/*
 * Lines of JSON: each is one write to a file opened for appending, so that lines of several
 * processes do not mix.
 */
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Out of the way: the program finds the descriptors that it would find without the recorder. */
#define LOG_FD_FROM 900

static int log_fd = -1;

void open_log(void)
{
	const char *path = getenv("IOMMUFD_RECORD");
	int fd;

	if (!path)
		return;
	fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (fd < 0)
		return;
	log_fd = fcntl(fd, F_DUPFD_CLOEXEC, LOG_FD_FROM);
	if (log_fd < 0)
		log_fd = fd;
	else
		syscall(SYS_close, fd);
}

void put(struct line *line, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int n = vsnprintf(line->text + line->used, sizeof(line->text) - line->used, format, arguments);
	va_end(arguments);
	if (n > 0 && line->used + n < sizeof(line->text) - 1)
		line->used += n;
}

/* Numbers that JSON readers cannot hold exactly are given as text. */
void put_number(struct line *line, uint64_t value)
{
	if (value >> 53)
		put(line, "\"0x%llx\"", (unsigned long long)value);
	else
		put(line, "%llu", (unsigned long long)value);
}

void put_hex(struct line *line, const uint8_t *bytes, size_t length)
{
	put(line, "\"");
	for (size_t i = 0; i < length; i++)
		put(line, "%02x", bytes[i]);
	put(line, "\"");
}

void write_line(struct line *line)
{
	put(line, "\n");
	if (syscall(SYS_write, log_fd, line->text, line->used) < 0 && errno == EBADF) {
		/* The program closed all descriptors. */
		open_log();
		syscall(SYS_write, log_fd, line->text, line->used);
	}
}

uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}
