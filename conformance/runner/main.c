/*
 * The guest's init: runs sequences that come over the virtio port, or one program whose log goes
 * there.
 */
#include "runner.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int read_header(int port, struct run_header *run)
{
	size_t got = 0;

	while (got < sizeof(*run)) {
		ssize_t n = read(port, (char *)run + got, sizeof(*run) - got);
		if (n > 0)
			got += n;
		else if (n == 0) /* The host has not connected yet. */
			usleep(1000);
		else
			return 0;
	}
	return run->magic == PROTOCOL_MAGIC && run->version == PROTOCOL_VERSION;
}

int main(int argc, char **argv)
{
	struct run_header run;

	mount_all();
	int port = open_port();
	if (port < 0) {
		puts("runner: no virtio port");
		power_off();
	}
	send_hello(port);
	if (argc > 2 && strcmp(argv[1], "program") == 0) {
		run_program(port, argv + 2);
	} else if (read_header(port, &run)) {
		allow_fault_injection();
		watch(port, &run);
	} else {
		puts("runner: the header is not of this version");
	}
	power_off();
}
