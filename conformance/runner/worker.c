/* Takes sequences from the port, executes each, and sends results in batches. */
#include "runner.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define IN_SIZE (4u << 20)
#define BATCH (256u << 10)

static uint8_t in[IN_SIZE];
static size_t in_start, in_end;

static void flush(int port, struct shared *shared)
{
	write_all(port, shared->out, shared->committed);
	shared->used = shared->committed = 0;
}

/* Makes `length` bytes of input available; what is finished goes out before it waits. */
static uint8_t *need(int port, struct shared *shared, size_t length)
{
	if (length > IN_SIZE) {
		puts("runner: the sequence is too long");
		exit(1);
	}
	if (in_start + length > IN_SIZE) {
		memmove(in, in + in_start, in_end - in_start);
		in_end -= in_start;
		in_start = 0;
	}
	while (in_end - in_start < length) {
		struct pollfd ready = {.fd = port, .events = POLLIN};
		if (shared->committed && poll(&ready, 1, 0) == 0)
			flush(port, shared);
		ssize_t n = read(port, in + in_end, IN_SIZE - in_end);
		if (n <= 0) {
			puts("runner: the port was closed");
			exit(1);
		}
		in_end += n;
	}
	return in + in_start;
}

static void run_sequence(const struct sequence_header *header, uint8_t *ops, int messages_fd, struct shared *shared, int *warned)
{
	struct frame *frame = (void *)(shared->out + shared->committed);
	struct result_header *results = (void *)(frame + 1);

	*frame = (struct frame){.type = FRAME_RESULT, .index = header->index};
	shared->used = shared->committed + sizeof(*frame) + sizeof(*results);
	shared->results = 0;
	shared->index = header->index;
	shared->beat++;
	shared->busy = 1;
	int good = execute(ops, header->length, header->ops, shared);
	clean_up();
	shared->busy = 0;
	char *text = (char *)shared->out + shared->used;
	size_t length = read_messages(messages_fd, text, MESSAGES_MAX);
	*warned = is_warning(text, length);
	frame->status = good ? STATUS_DONE : STATUS_MALFORMED;
	results->results = shared->results;
	results->messages = length;
	shared->used += length;
	frame->length = shared->used - shared->committed - sizeof(*frame);
	shared->committed = shared->used;
}

void work(int port, const struct run_header *run, struct shared *shared)
{
	int messages_fd = open_messages();
	int warned = 0;

	prepare_execution();
	while (!(warned && (run->flags & STOP_ON_WARNING))) {
		struct sequence_header header;
		uint32_t length;

		memcpy(&length, need(port, shared, sizeof(length)), sizeof(length));
		if (length == END_OF_RUN)
			break;
		memcpy(&header, need(port, shared, sizeof(header)), sizeof(header));
		uint8_t *whole = need(port, shared, sizeof(header) + length);
		run_sequence(&header, whole + sizeof(header), messages_fd, shared, &warned);
		in_start += sizeof(header) + length;
		if (warned) /* So that WARN_ON_ONCE speaks again. */
			write_file("/sys/kernel/debug/clear_warn_once", "1");
		if (shared->committed >= BATCH || (run->flags & FLUSH_EACH))
			flush(port, shared);
	}
	flush(port, shared);
	exit(warned && (run->flags & STOP_ON_WARNING) ? 2 : 0);
}
