/* A logged ioctl: its struct before and after, field by field. */
#include "record.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "uapi-tables.h"

#define CALLS (sizeof(calls) / sizeof(*calls))
/* Of memory that a field points to, so much is logged. */
#define MEMORY_MAX 1024
#define OP_OFFSET 4

static const struct call *find(unsigned long request, uint32_t op)
{
	for (size_t i = 0; i < CALLS; i++)
		if (calls[i].request == request && (!calls[i].op_name || calls[i].op == op))
			return &calls[i];
	return NULL;
}

int known_request(unsigned long request)
{
	for (size_t i = 0; i < CALLS; i++)
		if (calls[i].request == request)
			return 1;
	return 0;
}

/* The bytes that the program gave: no more than its `size` (or `argsz`) says. */
void take(struct taken *taken, unsigned long request, const void *argument)
{
	uint32_t size = 0, op = 0;

	memset(taken, 0, sizeof(*taken));
	if (peek(&size, argument, sizeof(size)) != sizeof(size))
		size = 0;
	if (size >= OP_OFFSET + sizeof(op))
		peek(&op, (const char *)argument + OP_OFFSET, sizeof(op));
	taken->call = find(request, op);
	taken->length = peek(taken->bytes, argument, size < sizeof(taken->bytes) ? size : sizeof(taken->bytes));
}

static uint64_t value_of(const struct taken *taken, const struct field *field, int element)
{
	uint64_t value = 0;

	memcpy(&value, taken->bytes + field->offset + element * field->width, field->width);
	return value;
}

static void put_field(struct line *line, const struct taken *taken, const struct field *field)
{
	put(line, field->count > 1 ? "[" : "");
	for (int i = 0; i < field->count; i++) {
		put(line, i ? "," : "");
		uint64_t value = value_of(taken, field, i);
		if (field->is_signed)
			put(line, "%d", (int32_t)value);
		else
			put_number(line, value);
	}
	put(line, field->count > 1 ? "]" : "");
}

static void put_fields(struct line *line, const char *key, const struct taken *taken, int direction)
{
	const char *comma = "";

	put(line, ",\"%s\":{", key);
	for (int i = 0; i < taken->call->field_count; i++) {
		const struct field *field = &taken->call->fields[i];
		if (!(field->direction & direction) || field->offset + (uint32_t)field->width * field->count > taken->length)
			continue;
		put(line, "%s\"%s\":", comma, field->name);
		put_field(line, taken, field);
		comma = ",";
	}
	put(line, "}");
}

static size_t extent(const struct taken *taken, const struct field *field)
{
	const struct field *fields = taken->call->fields;
	uint64_t bytes = field->bytes >= 0 ? value_of(taken, &fields[field->bytes], 0) : field->each;

	if (field->times >= 0)
		bytes *= value_of(taken, &fields[field->times], 0);
	return bytes < MEMORY_MAX ? bytes : MEMORY_MAX;
}

/*
 * Memory that fields point to, in hexadecimal, after the call. Its length is what the program gave.
 */
static void put_memory(struct line *line, const struct taken *before)
{
	uint8_t bytes[MEMORY_MAX];
	const char *comma = "";

	put(line, ",\"memory\":{");
	for (int i = 0; i < before->call->field_count; i++) {
		const struct field *field = &before->call->fields[i];
		if (!field->points || field->offset + (uint32_t)field->width > before->length)
			continue;
		size_t length = peek(bytes, (void *)(uintptr_t)value_of(before, field, 0), extent(before, field));
		if (length == 0)
			continue;
		put(line, "%s\"%s\":", comma, field->name);
		put_hex(line, bytes, length);
		comma = ",";
	}
	put(line, "}");
}

void log_call(int fd, unsigned long request, struct taken *before, const void *argument, int ret, int error, uint64_t begin)
{
	static __thread struct line line;
	struct taken after;
	uint64_t end = now();

	line.used = 0;
	put(&line, "{\"pid\":%d,\"tid\":%d,\"fd\":%d,", getpid(), gettid(), fd);
	if (before->call)
		put(&line, "\"ioctl\":\"%s\"", before->call->name);
	else
		put(&line, "\"ioctl\":\"%s\"", request == 0x3ba0 ? "IOMMU_TEST_CMD" : "unknown");
	if (before->call && before->call->op_name)
		put(&line, ",\"op\":\"%s\"", before->call->op_name);
	if (before->call) {
		take(&after, request, argument);
		after.call = before->call;
		put_fields(&line, "in", before, DIRECTION_IN);
		put_fields(&line, "out", &after, DIRECTION_OUT);
		put_memory(&line, before);
		track_outputs(&after);
	} else {
		put(&line, ",\"request\":%lu,\"in\":{},\"out\":{}", request);
	}
	put(&line, ",\"ret\":%d,\"errno\":%d,\"begin\":%llu,\"end\":%llu}", ret, ret < 0 ? error : 0, (unsigned long long)begin,
	    (unsigned long long)end);
	write_line(&line);
}
