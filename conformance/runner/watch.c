/*
 * Watches the worker: when it hangs or dies, tells in which sequence, with what it had done and
 * what the kernel said.
 */
#include "runner.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000ull + t.tv_nsec / 1000000;
}

static size_t read_stack(pid_t pid, char *to, size_t room)
{
	char path[64];
	size_t used = snprintf(to, room, "the stack of the call:\n");

	snprintf(path, sizeof(path), "/proc/%d/stack", pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, to + used, room - used);
	if (fd >= 0)
		close(fd);
	return used + (n > 0 ? n : 0);
}

/* Completes the frame that the worker was writing. */
static void close_frame(struct shared *shared, pid_t pid, int messages_fd, enum status status)
{
	struct frame *frame = (void *)(shared->out + shared->committed);
	struct result_header *results = (void *)(frame + 1);
	char *text = (char *)shared->out + shared->used;
	size_t length = read_messages(messages_fd, text, MESSAGES_MAX);

	if (status == STATUS_HUNG)
		length += read_stack(pid, text + length, 8192);
	frame->status = status;
	results->results = shared->results;
	results->messages = length;
	shared->used += length;
	frame->length = shared->used - shared->committed - sizeof(*frame);
	shared->committed = shared->used;
}

static enum end follow(pid_t pid, const struct run_header *run, struct shared *shared, int messages_fd)
{
	uint64_t beat = 0, since = now_ms();
	int status;

	for (;;) {
		if (waitpid(pid, &status, WNOHANG) == pid) {
			if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
				return END_DONE;
			if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
				return END_WARNED;
			if (shared->busy)
				close_frame(shared, pid, messages_fd, STATUS_DIED);
			return END_DIED;
		}
		if (!shared->busy || shared->beat != beat) {
			beat = shared->beat;
			since = now_ms();
		} else if (now_ms() - since > run->watchdog_ms) {
			close_frame(shared, pid, messages_fd, STATUS_HUNG);
			return END_HUNG;
		}
		usleep(20000);
	}
}

void watch(int port, const struct run_header *run)
{
	struct shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int messages_fd = open_messages();
	pid_t pid = shared == MAP_FAILED ? -1 : fork();

	if (pid < 0) {
		perror("runner");
		return;
	}
	if (pid == 0)
		work(port, run, shared);
	enum end end = follow(pid, run, shared, messages_fd);
	write_all(port, shared->out, shared->committed);
	send_frame(port, FRAME_END, end, NULL, 0);
}
