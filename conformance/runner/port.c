/* The virtio port: its device node, and frames written to it. */
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <unistd.h>

int open_port(void)
{
	/* The node appears when the device has announced its ports, a moment after init starts. */
	for (int tries = 0; tries < 20000; tries++) {
		int fd = open("/dev/vport0p1", O_RDWR | O_CLOEXEC);
		if (fd >= 0)
			return own_fd(fd);
		usleep(1000);
	}
	return -1;
}

void write_all(int fd, const void *from, size_t length)
{
	const char *at = from;

	while (length > 0) {
		ssize_t n = write(fd, at, length);
		if (n > 0) {
			at += n;
			length -= n;
		} else if (n < 0 && errno != EINTR && errno != EAGAIN) {
			return;
		} else {
			usleep(1000);
		}
	}
}

void send_frame(int port, uint8_t type, uint8_t status, const void *payload, uint32_t length)
{
	struct frame frame = {.type = type, .status = status, .length = length};

	write_all(port, &frame, sizeof(frame));
	write_all(port, payload, length);
}

void send_hello(int port)
{
	struct utsname name;
	char text[sizeof(name)];

	uname(&name);
	int n = snprintf(text, sizeof(text), "%s\n%s\n%s", name.release, name.version, name.machine);
	send_frame(port, FRAME_HELLO, PROTOCOL_VERSION, text, n);
}
