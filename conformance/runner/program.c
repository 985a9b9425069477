/*
 * Runs one program of the image and sends the log that the recorder wrote, then the program's exit
 * status.
 */
#include "runner.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const char log_path[] = "/tmp/record.jsonl";

static void send_log(int port)
{
	static char block[64 << 10];
	int fd = open(log_path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	while (fd >= 0 && (n = read(fd, block, sizeof(block))) > 0)
		send_frame(port, FRAME_LOG, 0, block, n);
}

void run_program(int port, char **argv)
{
	int status = 0;

	/* The kernel's self-test maps huge pages. */
	write_file("/proc/sys/vm/nr_hugepages", "64");
	pid_t pid = fork();
	if (pid == 0) {
		setenv("IOMMUFD_RECORD", log_path, 1);
		execv(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	send_log(port);
	send_frame(port, FRAME_END, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), NULL, 0);
}
