/*
 * A kernel that has address spaces and nothing else, for the program's tests. FIRST_ID is the first
 * id that it gives.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int __real_close(int fd);

static uint32_t used[64];

int __wrap_close(int fd)
{
	memset(used, 0, sizeof(used));
	return __real_close(fd);
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
	static uint32_t first;
	va_list args;
	uint32_t *fields, id;

	(void)fd;
	va_start(args, request);
	fields = va_arg(args, uint32_t *);
	va_end(args);
	first = atoi(getenv("FIRST_ID"));
	if (request == 0x3b81) {
		for (id = first; used[id]; id++)
			;
		used[id] = 1;
		fields[2] = id;
		return 0;
	}
	if (request == 0x3b80 && fields[1] < 64 && used[fields[1]]) {
		used[fields[1]] = 0;
		return 0;
	}
	errno = request == 0x3b80 ? ENOENT : ENOTTY;
	return -1;
}
