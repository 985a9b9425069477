/*
 * Which descriptors are of interest: /dev/iommu, VFIO's device nodes, and those that iommufd gives
 * out.
 */
#include "record.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FDS 4096

static unsigned char kinds[FDS];

enum tracked tracked(int fd)
{
	return fd >= 0 && fd < FDS ? kinds[fd] : TRACKED_NONE;
}

void track(int fd, enum tracked as)
{
	if (fd >= 0 && fd < FDS)
		kinds[fd] = as;
}

/*
 * By what the descriptor refers to, as it may have been inherited or received. Returns whether its
 * ioctls are logged.
 */
int find_out(int fd)
{
	char link[64], path[256];

	if (tracked(fd) == TRACKED_IOMMU || tracked(fd) == TRACKED_VFIO)
		return 1;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, sizeof(path) - 1);
	if (n <= 0)
		return 0;
	path[n] = 0;
	if (strcmp(path, "/dev/iommu") == 0)
		track(fd, TRACKED_IOMMU);
	else if (strncmp(path, "/dev/vfio/devices/", 18) == 0)
		track(fd, TRACKED_VFIO);
	else
		return 0;
	return 1;
}

void log_event(const char *event, int fd, const char *more, long value, uint64_t begin)
{
	struct line line = {0};

	put(&line, "{\"event\":\"%s\",\"pid\":%d,\"tid\":%d", event, getpid(), gettid());
	if (fd >= 0)
		put(&line, ",\"fd\":%d", fd);
	if (more)
		put(&line, ",\"%s\":%ld", more, value);
	put(&line, ",\"begin\":%llu,\"end\":%llu}", (unsigned long long)begin, (unsigned long long)now());
	write_line(&line);
}

/* Descriptors of queues and of test accesses: their closing matters, too. */
void track_outputs(const struct taken *after)
{
	for (int i = 0; i < after->call->field_count; i++) {
		const struct field *field = &after->call->fields[i];
		size_t length = strlen(field->name);
		int32_t fd;
		if (!(field->direction & DIRECTION_OUT) || length < 3 || strcmp(field->name + length - 3, "_fd"))
			continue;
		if (field->offset + sizeof(fd) > after->length)
			continue;
		memcpy(&fd, after->bytes + field->offset, sizeof(fd));
		if (fd > 2)
			track(fd, TRACKED_QUEUE);
	}
}
