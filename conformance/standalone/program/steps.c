/* What a sequence is made of. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define MAX_DEVICES 8
#define BUFFER 256
#define NOTHING 0xffff /* An object without an id: this one is never given. */
#define NEVER 0x80000000u

enum field_kind { NUMBER, OBJECT, IOMMUFD, MEMORY };
enum step_kind { OPEN, CLOSE, CLOSE_DEVICE, ON_IOMMUFD, ON_DEVICE };
enum need { NEEDS_SMMUV3 = 1, NEEDS_ALONE = 2 };

/* A field of a call's struct that is not 0; its size, the first in all of them, is left out. */
struct field {
	unsigned offset, width;
	enum field_kind kind;
	uint64_t value;
};

/* The field that carries the id of an object, and the id. */
struct output {
	const char *name;
	unsigned offset, object, id;
};

struct step {
	const char *says;
	enum step_kind kind;
	int device;
	unsigned long request;
	unsigned size;
	int error; /* What it is to give: 0 or an errno. */
	const struct field *fields;
	unsigned field_count;
	const struct output *outputs;
	unsigned output_count;
};

struct sequence {
	const char *says;
	const struct step *steps;
	int count, devices;
	unsigned needs;
};

#define IN(...) (const struct field[]){__VA_ARGS__}, sizeof((const struct field[]){__VA_ARGS__}) / sizeof(struct field)
#define OUT(...) (const struct output[]){__VA_ARGS__}, sizeof((const struct output[]){__VA_ARGS__}) / sizeof(struct output)
#define NONE NULL, 0
#define COUNT(array) (int)(sizeof(array) / sizeof(*(array)))
