/* The kernel's messages, read after each sequence so that they belong to it. */
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Less urgent ones tell of each mock device that comes and goes. */
#define LEVEL_NOTICE 5

int open_messages(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	lseek(fd, 0, SEEK_END);
	return own_fd(fd);
}

size_t read_messages(int fd, char *to, size_t room)
{
	char record[8193];
	size_t used = 0;

	for (;;) {
		ssize_t n = read(fd, record, sizeof(record) - 1);
		if (n < 0 && errno == EPIPE) /* Records were overwritten before they were read. */
			continue;
		if (n <= 0)
			return used;
		record[n] = 0;
		if ((atoi(record) & 7) > LEVEL_NOTICE)
			continue;
		if (used + n <= room) {
			memcpy(to + used, record, n);
			used += n;
		}
	}
}

int is_warning(const char *messages, size_t length)
{
	static const char *const signs[] = {"[ cut here ]", "WARNING:", "BUG:", "Oops:", "general protection fault"};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (memmem(messages, length, signs[i], strlen(signs[i])))
			return 1;
	return 0;
}
