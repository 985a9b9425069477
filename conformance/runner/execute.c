/* Executes the operations of one sequence and appends their results to the frame under way. */
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8U
#endif

#define MAX_OPS 4096
#define MAX_BLOBS 16
#define MAX_MAPS 64

struct op {
	struct op_header header;
	const struct reloc *relocs;
	const struct output *outputs;
	uint8_t *body;
	uint8_t *blobs[MAX_BLOBS];
	uint32_t blob_sizes[MAX_BLOBS];
	int64_t ret;
};

static struct op ops[MAX_OPS];
static uint8_t *arena;
static int arena_used;
static int fail_nth_fd = -1;
static struct {
	void *at;
	size_t length;
} maps[MAX_MAPS];
static int map_count;

int own_fd(int fd)
{
	static int next = OWN_FDS;

	if (fd < 0)
		return fd;
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, next++);
	close(fd);
	return moved;
}

void prepare_execution(void)
{
	arena = mmap(NULL, ARENA_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (arena == MAP_FAILED)
		abort();
	fail_nth_fd = own_fd(open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC));
}

/*
 * The bytes of a part of an operation from `offset` on, or NULL where there are not `width` of
 * them.
 */
static uint8_t *part_of(struct op *op, uint8_t part, uint32_t offset, uint32_t width)
{
	uint8_t *from = NULL;
	uint64_t size = 0;

	if (part == PART_STRUCT) {
		from = op->body;
		size = op->header.size;
	} else if (part == PART_RETURN) {
		from = (uint8_t *)&op->ret;
		size = sizeof(op->ret);
	} else if (part < op->header.blobs) {
		from = op->blobs[part];
		size = op->blob_sizes[part];
	}
	return (uint64_t)offset + width <= size ? from + offset : NULL;
}

static int relocate(struct op *op, uint32_t index, const struct reloc *reloc, int *fd)
{
	uint64_t value = 0;
	uint8_t *from;

	if (reloc->width > sizeof(value))
		return 0;
	switch (reloc->type) {
	case RELOC_VALUE:
		if (reloc->source >= index)
			return 0;
		from = part_of(&ops[reloc->source], reloc->part, reloc->source_offset, reloc->width);
		if (!from)
			return 0;
		memcpy(&value, from, reloc->width);
		break;
	case RELOC_BLOB:
		if (reloc->part >= op->header.blobs)
			return 0;
		value = (uintptr_t)op->blobs[reloc->part];
		break;
	case RELOC_ARENA:
		arena_used = 1;
		value = (uintptr_t)arena + reloc->source;
		break;
	default:
		return 0;
	}
	if (reloc->target == PART_FD) {
		*fd = (int)value;
	} else if (reloc->target == PART_ARGUMENT) {
		op->header.argument = value;
	} else {
		uint8_t *to = part_of(op, reloc->target, reloc->offset, reloc->width);
		if (!to || reloc->target == PART_RETURN)
			return 0;
		memcpy(to, &value, reloc->width);
	}
	return 1;
}

static int parse(struct op *op, uint8_t **at, uint8_t *end)
{
	struct op_header *h = &op->header;

	if (end - *at < (ptrdiff_t)sizeof(*h))
		return 0;
	memcpy(h, *at, sizeof(*h));
	*at += sizeof(*h);
	size_t tables = h->blobs * sizeof(uint32_t) + h->relocs * sizeof(struct reloc) + h->outputs * sizeof(struct output);
	if (h->blobs > MAX_BLOBS || (size_t)(end - *at) < tables)
		return 0;
	memcpy(op->blob_sizes, *at, h->blobs * sizeof(uint32_t));
	op->relocs = (void *)(*at + h->blobs * sizeof(uint32_t));
	op->outputs = (void *)(op->relocs + h->relocs);
	*at += tables;
	if ((size_t)(end - *at) < h->size)
		return 0;
	op->body = *at;
	*at += h->size;
	for (int i = 0; i < h->blobs; i++) {
		if ((size_t)(end - *at) < op->blob_sizes[i])
			return 0;
		op->blobs[i] = *at;
		*at += op->blob_sizes[i];
	}
	return 1;
}

static void arm(uint32_t nth)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "%u", nth);

	if (pwrite(fail_nth_fd, text, n, 0) < 0)
		perror("fail-nth");
}

/*
 * True when the failure was injected. Reading and writing fail-nth are system calls that can be
 * made to fail themselves.
 */
static int disarm(void)
{
	char text[16] = "";
	ssize_t n = pread(fail_nth_fd, text, sizeof(text) - 1, 0);
	int injected = n > 0 && atoi(text) == 0;

	while (pwrite(fail_nth_fd, "0", 1, 0) < 0 && errno == EFAULT)
		;
	return injected;
}

static int64_t call(struct op *op, int fd)
{
	const struct op_header *h = &op->header;
	void *at;

	switch (h->kind) {
	case OP_OPEN:
		return open((const char *)op->body, h->request);
	case OP_IOCTL:
		return ioctl(fd, h->request, op->body);
	case OP_CLOSE:
		return close(fd);
	case OP_READ:
		return read(fd, op->body, h->size);
	case OP_WRITE:
		return write(fd, op->body, h->size);
	case OP_MMAP:
		at = mmap(NULL, h->request, PROT_READ | PROT_WRITE, MAP_SHARED, fd, h->argument);
		if (at == MAP_FAILED)
			return -1;
		if (map_count < MAX_MAPS) {
			maps[map_count].at = at;
			maps[map_count++].length = h->request;
		}
		return (intptr_t)at;
	case OP_MUNMAP:
		for (int i = 0; i < map_count; i++)
			if (maps[i].at == (void *)(uintptr_t)h->argument)
				maps[i].at = NULL;
		return munmap((void *)(uintptr_t)h->argument, h->request);
	case OP_MEMFD:
		fd = memfd_create("sequence", MFD_NOEXEC_SEAL);
		return fd >= 0 && ftruncate(fd, h->argument) ? -1 : fd;
	}
	errno = ENOSYS;
	return -1;
}

static int append(struct shared *shared, const void *from, uint32_t length)
{
	if (shared->used + length > shared->committed + RESULT_MAX)
		return 0;
	memcpy(shared->out + shared->used, from, length);
	shared->used += length;
	return 1;
}

static int report(struct op *op, const struct result *result, struct shared *shared)
{
	if (!append(shared, result, sizeof(*result)))
		return 0;
	for (int i = 0; i < op->header.outputs; i++) {
		const struct output *o = &op->outputs[i];
		uint8_t *from = part_of(op, o->part, o->offset, o->size);
		if (!from || !append(shared, from, o->size))
			return 0;
	}
	shared->results++;
	return 1;
}

/* Returns 0 where the operations are malformed. */
int execute(uint8_t *at, uint32_t length, uint32_t count, struct shared *shared)
{
	uint8_t *end = at + length;

	if (count > MAX_OPS)
		return 0;
	for (uint32_t i = 0; i < count; i++) {
		struct op *op = &ops[i];
		struct result result = {0};
		int fd = -1;

		if (!parse(op, &at, end))
			return 0;
		for (int r = 0; r < op->header.relocs; r++)
			if (!relocate(op, i, &op->relocs[r], &fd))
				return 0;
		if (op->header.fail_nth)
			arm(op->header.fail_nth);
		errno = 0;
		op->ret = call(op, fd);
		int error = errno;
		if (op->header.fail_nth)
			result.injected = disarm();
		/* An address says nothing to the host. */
		result.ret = op->header.kind == OP_MMAP && op->ret != -1 ? 0 : (int32_t)op->ret;
		result.error = op->ret == -1 ? error : 0;
		for (int o = 0; o < op->header.outputs; o++)
			result.length += op->outputs[o].size;
		if (!report(op, &result, shared))
			return 0;
	}
	return 1;
}

void clean_up(void)
{
	syscall(SYS_close_range, 3, OWN_FDS - 1, 0);
	for (; map_count > 0; map_count--)
		if (maps[map_count - 1].at)
			munmap(maps[map_count - 1].at, maps[map_count - 1].length);
	if (arena_used) /* The next sequence finds fresh pages; clearing all of them takes an emulated processor many milliseconds. */
		madvise(arena, ARENA_SIZE, MADV_REMOVE);
	arena_used = 0;
}
