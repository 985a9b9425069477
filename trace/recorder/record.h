/* The recorder: what is logged, and how a line is written. */
#ifndef RECORD_H
#define RECORD_H

#include <stddef.h>
#include <stdint.h>

struct field {
	const char *name;
	uint16_t offset;
	uint8_t width, count, is_signed, direction;
	/*
	 * A pointer: who writes the memory (0: no pointer), and its length in words of other fields, by
	 * index or -1.
	 */
	uint8_t points;
	int16_t bytes;
	uint16_t each;
	int16_t times;
};

enum { DIRECTION_IN = 1, DIRECTION_OUT = 2 };

struct call {
	const char *name;
	unsigned long request;
	const char *op_name; /* IOMMU_TEST_CMD only */
	uint32_t op;
	uint32_t size;
	const struct field *fields;
	int field_count;
};

/* line.c: a line of JSON that is written whole. */
struct line {
	size_t used;
	char text[32768];
};

void put(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));
void put_number(struct line *line, uint64_t value);
void put_hex(struct line *line, const uint8_t *bytes, size_t length);
void write_line(struct line *line);
void open_log(void);
uint64_t now(void);

/* memory.c: reads memory of this process that may not be there; returns how many bytes. */
size_t peek(void *to, const void *from, size_t length);

/* call.c: a call before and after. */
struct taken {
	const struct call *call;
	uint32_t length;
	uint8_t bytes[512];
};

int known_request(unsigned long request);
void take(struct taken *taken, unsigned long request, const void *argument);
void log_call(int fd, unsigned long request, struct taken *before, const void *argument, int ret, int error, uint64_t begin);

/* files.c: which descriptors are of interest. */
enum tracked { TRACKED_NONE, TRACKED_UNKNOWN, TRACKED_OTHER, TRACKED_IOMMU, TRACKED_VFIO, TRACKED_QUEUE };
enum tracked tracked(int fd);
void track(int fd, enum tracked as);
int find_out(int fd);
void log_event(const char *event, int fd, const char *more, long value, uint64_t begin);
void track_outputs(const struct taken *after);

#endif
